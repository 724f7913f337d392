package gesso.library;

import java.util.Locale;
import java.util.Set;

/** Files of weights that go with a checkpoint, by the names of the folders that this and other programs keep them in. */
public enum NetworkKind {
    LORA(Set.of("lora", "loras", "lycoris"), Set.of("safetensors", "ckpt", "pt")),
    EMBEDDING(
            Set.of("embeddings", "embedding", "textual_inversion"), Set.of("safetensors", "pt", "bin", "png", "webp")),
    CONTROLNET(Set.of("controlnet", "control"), Set.of("safetensors", "ckpt", "pth")),
    UPSCALER(
            Set.of("upscale_models", "esrgan", "realesrgan", "swinir", "dat", "hat", "bsrgan"),
            Set.of("safetensors", "pth", "pt", "onnx")),
    PREPROCESSOR(
            Set.of("annotators", "annotator", "preprocessors", "controlnetpreprocessor", "controlnetpreprocessors"),
            Set.of("onnx")),
    VAE(Set.of("vae"), Set.of("safetensors", "ckpt", "pt", "pth"));

    @SuppressWarnings("ImmutableEnumChecker") // of Set.of
    private final Set<String> folders;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> endings;

    NetworkKind(Set<String> folders, Set<String> endings) {
        this.folders = folders;
        this.endings = endings;
    }

    /** The names, in small letters, of the folders that hold them. */
    Set<String> folders() {
        return folders;
    }

    /** Whether a file of that name can be one. */
    boolean isNamed(String file) {
        return endings.contains(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** The folder, beneath the one for models, that a new one is put into. */
    public String folder() {
        return switch (this) {
            case LORA -> "Lora";
            case EMBEDDING -> "embeddings";
            case CONTROLNET -> "ControlNet";
            case UPSCALER -> "ESRGAN";
            case PREPROCESSOR -> "annotators";
            case VAE -> "VAE";
        };
    }
}
