package gesso.weights;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the models that turn pictures into words. */
final class WordsProbe {
    private WordsProbe() {}

    static @Nullable ModelKind find(Keys keys) {
        for (String root : List.of("", "model.", "clip.", "clip_model.")) {
            if (keys.has(root + "text_decoder.bert.embeddings.word_embeddings.weight")) {
                return ModelKind.CAPTION_MODEL;
            }
            boolean transformers = keys.has(root + "vision_model.embeddings.class_embedding")
                    && keys.has(root + "text_model.embeddings.token_embedding.weight");
            boolean open = keys.has(root + "visual.class_embedding") && keys.has(root + "token_embedding.weight");
            if (transformers || open) {
                return ModelKind.CLIP;
            }
        }
        // DeepDanbooru as A1111 has it: layers named after a converted graph's.
        return keys.has("n_Conv_0.weight") && keys.has("n_Conv_178.weight") ? ModelKind.TAGGER : null;
    }
}
