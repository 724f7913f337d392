package gesso.library;

import gesso.weights.ModelKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an artist tells models apart by: what they are for. */
public enum Shelf {
    CHECKPOINT("checkpoint", Set.of("stable-diffusion", "checkpoints", "main", "diffusers", "onnx")),
    VAE("vae", Set.of("vae", "vae_approx", "vae-approx")),
    LORA("lora", NetworkKind.LORA.folders()),
    EMBEDDING("embedding", NetworkKind.EMBEDDING.folders()),
    CONTROLNET("controlnet", NetworkKind.CONTROLNET.folders()),
    UPSCALER("upscaler", NetworkKind.UPSCALER.folders()),
    /** What draws control images. */
    PREPROCESSOR("preprocessor", NetworkKind.PREPROCESSOR.folders()),
    /** CLIP, BLIP and taggers, which turn pictures into words. */
    INTERROGATOR("interrogator", InterrogationModels.FOLDERS),
    /** What Gesso knows and cannot use, and what it does not know. */
    OTHER("other", Set.of("unet", "diffusion_models", "text_encoder", "text_encoders", "hypernetworks", "ipadapter"));

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // of Set.of
    private final Set<String> folders;

    Shelf(String id, Set<String> folders) {
        this.id = id;
        this.folders = folders;
    }

    /** As the command line writes it. */
    public String id() {
        return id;
    }

    /** Where a file lies as far as folders' names tell, the innermost first; empty where none does. */
    static Optional<Shelf> of(Path root, Path file) {
        Path parent = file.getParent();
        for (Path at = parent; at != null; at = at.getParent()) {
            String name =
                    at.getFileName() == null ? "" : at.getFileName().toString().toLowerCase(Locale.ROOT);
            for (Shelf shelf : values()) {
                if (shelf.folders.contains(name)) {
                    return Optional.of(shelf);
                }
            }
            if (at.equals(root)) {
                break;
            }
        }
        return Optional.empty();
    }

    static Shelf of(ModelKind kind) {
        return switch (kind) {
            case CHECKPOINT -> CHECKPOINT;
            case VAE, TINY_VAE -> VAE;
            case LORA -> LORA;
            case EMBEDDING -> EMBEDDING;
            case CONTROLNET -> CONTROLNET;
            case UPSCALER -> UPSCALER;
            case CLIP, CAPTION_MODEL, TAGGER -> INTERROGATOR;
            default -> OTHER;
        };
    }
}
