package gesso.pipeline;

import gesso.request.BadInput;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a checkpoint lacks. A VAE is taken from where artists and other programs keep them: beside the checkpoint, or in a folder
 * VAE in or beside its folder (A1111's and ComfyUI's layouts).
 */
final class MissingParts {
    private MissingParts() {}

    /**
     * A VAE of the checkpoint's family, told by its name, since all are built alike: SDXL's say so.
     *
     * @throws BadInput where there is none
     */
    static Path vae(Path checkpoint, boolean sdxl) {
        Path folder = checkpoint.toAbsolutePath().normalize().resolveSibling("");
        return Stream.of(
                        folder,
                        folder.resolve("VAE"),
                        folder.resolve("vae"),
                        folder.resolveSibling("VAE"),
                        folder.resolveSibling("vae"))
                .flatMap(place -> files(place).stream())
                .filter(file -> isVae(file, sdxl))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "%s holds no VAE, and none was found for it: put one for Stable Diffusion %s into a folder named VAE beside it, or choose one (--vae)."
                                .formatted(checkpoint.getFileName(), sdxl ? "XL" : "1 and 2")));
    }

    /** @throws BadInput where the checkpoint has no text encoder */
    static void checkText(Path checkpoint, ModelInfo info) {
        if (!info.hasTextEncoder()) {
            throw new BadInput(
                    "%s holds no text encoder, only a UNet of %s: choose the whole checkpoint, or the folder that it belongs to (with unet, text_encoder and vae in it)."
                            .formatted(checkpoint.getFileName(), info.label()));
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isVae(Path file, boolean sdxl) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean named = name.contains("vae")
                || String.valueOf(file.getParent()).toLowerCase(Locale.ROOT).endsWith("vae");
        boolean weights = name.endsWith(".safetensors") || name.endsWith(".pt") || name.endsWith(".ckpt");
        if (!named || !weights || name.contains("xl") != sdxl) {
            return false;
        }
        return kind(file).filter(kind -> kind == ModelKind.VAE).isPresent();
    }

    private static Optional<ModelKind> kind(Path file) {
        try {
            return Optional.of(ModelInfo.of(WeightFiles.open(file)).kind());
        } catch (BadInput e) {
            return Optional.empty();
        }
    }
}
