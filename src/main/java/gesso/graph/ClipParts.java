package gesso.graph;

import gesso.request.BadInput;
import gesso.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file of CLIP keeps its two encoders.
 *
 * @param root what all of its names begin with
 * @param text what the text encoder's names begin with
 * @param vision what the image encoder's names begin with
 * @param quickGelu whether its inner layers bend by x·sigmoid(1.702x), as OpenAI's models do, not by the exact GELU
 */
public record ClipParts(String root, String text, String vision, boolean isOpenClip, boolean quickGelu) {
    private static final List<String> ROOTS = List.of("", "clip.", "model.", "clip_model.");
    private static final int LARGEST_CONFIG = 1 << 20;
    /** OpenAI's largest image encoder is this wide; OpenCLIP's own ones are wider. */
    private static final int OPENAI_WIDEST = 1024;

    private static final Pattern ACTIVATION =
            Pattern.compile("\"(?:hidden_act|quick_gelu)\"\\s*:\\s*(?:\"([^\"]*)\"|(true|false))");

    /**
     * Finds them.
     *
     * @throws BadInput where the file lacks one of them
     */
    public static ClipParts of(WeightFile file) {
        for (String root : ROOTS) {
            if (has(file, root + "vision_model.embeddings.class_embedding")) {
                String text = root + "text_model.";
                check(file, text + "embeddings.token_embedding.weight");
                boolean quick = config(file).orElseGet(() -> width(file, root) <= OPENAI_WIDEST);
                return new ClipParts(root, text, root + "vision_model.", false, quick);
            }
            if (has(file, root + "visual.class_embedding")) {
                check(file, root + "token_embedding.weight");
                // OpenAI's own files say the input's size; OpenCLIP's say what differs in a file beside.
                boolean quick = config(file).orElseGet(() -> has(file, root + "input_resolution"));
                return new ClipParts(root, root, root + "visual.", true, quick);
            }
        }
        throw new BadInput(file.path().getFileName()
                + " holds no CLIP with its image encoder. Choose a whole CLIP model, such as clip-vit-large-patch14.");
    }

    private static int width(WeightFile file, String root) {
        var patch = file.weights().get(root + "vision_model.embeddings.patch_embedding.weight");
        return patch == null || patch.shape().length == 0 ? 0 : (int) Math.min(patch.shape()[0], Integer.MAX_VALUE);
    }

    private static boolean has(WeightFile file, String key) {
        return file.weights().containsKey(key);
    }

    private static void check(WeightFile file, String key) {
        if (!has(file, key)) {
            throw new BadInput(file.path().getFileName()
                    + " holds CLIP's image encoder alone; to compare words with a picture the text encoder is needed too."
                    + " Choose a whole CLIP model, such as clip-vit-large-patch14.");
        }
    }

    /** What the file of settings beside the model says of the activation, where there is one. */
    private static Optional<Boolean> config(WeightFile file) {
        for (String name : List.of("config.json", "open_clip_config.json")) {
            Path beside = file.path().resolveSibling(name);
            try {
                if (Files.isRegularFile(beside) && Files.size(beside) <= LARGEST_CONFIG) {
                    Matcher found = ACTIVATION.matcher(Files.readString(beside));
                    if (found.find()) {
                        return Optional.of("quick_gelu".equals(found.group(1)) || "true".equals(found.group(2)));
                    }
                }
            } catch (IOException e) {
                // Told by its widths, then.
            }
        }
        return Optional.empty();
    }
}
