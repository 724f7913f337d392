package gesso.graph;

import gesso.request.BadInput;
import gesso.weights.WeightFile;
import java.util.List;

/**
 * Where a file of BLIP keeps its networks.
 *
 * @param vision what the image encoder's names begin with
 * @param text what the text decoder's names begin with, before {@code bert.} and {@code cls.}
 * @param isOriginal whether it is named as its makers do, not as transformers
 */
public record BlipParts(String vision, String text, boolean isOriginal) {
    /**
     * Finds them.
     *
     * @throws BadInput where the file is no BLIP that captions
     */
    public static BlipParts of(WeightFile file) {
        for (String root : List.of("", "model.")) {
            boolean original = file.weights().containsKey(root + "visual_encoder.cls_token");
            boolean known = original || file.weights().containsKey(root + "vision_model.embeddings.class_embedding");
            String text = root + "text_decoder.";
            if (known && file.weights().containsKey(text + "bert.embeddings.word_embeddings.weight")) {
                return new BlipParts(root + (original ? "visual_encoder." : "vision_model."), text, original);
            }
        }
        throw new BadInput(
                file.path().getFileName()
                        + " holds no BLIP that writes captions. Choose a captioning model, such as blip-image-captioning-base.");
    }
}
