package gesso.request;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what a picture is turned into words. */
public sealed interface Interrogator {
    /**
     * A caption, and the best words of each list by CLIP's comparison of picture and text, as A1111's "Interrogate CLIP".
     *
     * @param clip CLIP with both its encoders; null: a caption alone
     * @param blip a BLIP model for captions; null: no caption
     */
    record Clip(@Nullable Path clip, @Nullable Path blip, List<WordList> lists, Caption caption)
            implements Interrogator {
        public Clip {
            if (clip == null && blip == null) {
                throw new InvalidRequest("model", "Interrogate needs a CLIP model, a BLIP model, or both.");
            }
            lists = List.copyOf(lists);
        }
    }

    /**
     * How a caption is searched for.
     *
     * @param beams how many beginnings are followed at once; 1: the likeliest token each time
     * @param shortest in tokens, those before the caption's own included
     * @param longest in tokens, likewise
     */
    record Caption(int beams, int shortest, int longest) {
        /** A1111's. */
        public static final Caption DEFAULT = new Caption(1, 24, 48);

        public Caption {
            InvalidRequest.range("beams", "Beams", beams, 1, 16);
            InvalidRequest.range("shortest", "The caption's least length", shortest, 1, 128);
            InvalidRequest.range("longest", "The caption's length", longest, shortest, 256);
        }
    }

    /**
     * Tags from a network that was trained on them (WD14, DeepDanbooru).
     *
     * @param model an {@code .onnx} file with its {@code selected_tags.csv} beside it, or a DeepDanbooru {@code .pt}
     * @param threshold general tags from this score on; null: the tagger's usual one
     * @param characterThreshold the same for characters' names; null: the tagger's usual one
     * @param alphabetical by name, not by score
     */
    record Tagger(
            Path model,
            @Nullable Double threshold,
            @Nullable Double characterThreshold,
            boolean alphabetical) implements Interrogator {
        public Tagger {
            check("threshold", "The threshold", threshold);
            check("character-threshold", "The characters' threshold", characterThreshold);
        }

        private static void check(String field, String name, @Nullable Double value) {
            if (value != null) {
                InvalidRequest.range(field, name, value, 0, 1);
            }
        }
    }

    /**
     * Without any model that was made for it: those words whose conditioning lets a checkpoint's own UNet predict the noise in the
     * picture best (Li et al. 2023, "Your diffusion model is secretly a zero-shot classifier").
     *
     * @param checkpoint the model that is asked
     * @param lists words that it may know
     */
    record Denoising(Path checkpoint, List<WordList> lists) implements Interrogator {
        public Denoising {
            lists = List.copyOf(lists);
        }
    }
}
