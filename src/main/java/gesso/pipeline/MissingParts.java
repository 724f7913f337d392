package gesso.pipeline;

import gesso.request.BadInput;
import gesso.weights.Form;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.SpareText;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a checkpoint lacks. A VAE is taken from where artists and other programs keep them: beside the checkpoint, in a folder
 * VAE in or beside its folder (A1111's and ComfyUI's layouts), or anywhere in the library.
 */
final class MissingParts {
    private MissingParts() {}

    /**
     * A VAE of the checkpoint's family, told by its name, since all are built alike: SDXL's say so.
     *
     * @throws BadInput where there is none
     */
    static Path vae(Path checkpoint, boolean sdxl, NetworkLibrary library) {
        Path folder = checkpoint.toAbsolutePath().normalize().resolveSibling("");
        Stream<Path> near = Stream.of(
                        folder,
                        folder.resolve("VAE"),
                        folder.resolve("vae"),
                        folder.resolveSibling("VAE"),
                        folder.resolveSibling("vae"))
                .flatMap(place -> files(place).stream())
                .filter(MissingParts::isNamedVae);
        return Stream.concat(near, Stream.of(library).flatMap(all -> all.vaes().stream()))
                .filter(file -> isVae(file, sdxl))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "%s holds no VAE, and none was found for it: put one for Stable Diffusion %s into a folder named VAE beside it, or choose one (--vae)."
                                .formatted(checkpoint.getFileName(), sdxl ? "XL" : "1 and 2")));
    }

    /**
     * The checkpoint with a text encoder of its family, from a file of its own or from another checkpoint.
     *
     * @throws BadInput where there is none
     */
    static WeightFile text(WeightFile checkpoint, ModelInfo info, NetworkLibrary library, Consumer<String> notice) {
        if (checkpoint.form() != Form.ONNX_FOLDER) {
            Optional<SpareText> spare = SpareText.of(checkpoint, info, library.textEncoders(), library.checkpoints());
            if (spare.isPresent()) {
                notice.accept("%s holds no text encoder: that of %s is used."
                        .formatted(
                                checkpoint.name(),
                                spare.get().from().stream()
                                        .map(path -> String.valueOf(path.getFileName()))
                                        .collect(Collectors.joining(" and "))));
                return spare.get().whole();
            }
        }
        throw new BadInput(
                "%s holds no text encoder, only a UNet of %s, and none was found for it: choose the whole checkpoint, or put its text encoder (%s) into a folder named text_encoders among the models."
                        .formatted(checkpoint.path().getFileName(), info.label(), encoders(info)));
    }

    private static String encoders(ModelInfo info) {
        return switch (info.architecture().family()) {
            case SDXL -> "clip_l.safetensors and clip_g.safetensors";
            case SDXL_REFINER -> "clip_g.safetensors";
            case SD2 -> "clip_h.safetensors";
            default -> "clip_l.safetensors";
        };
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isNamedVae(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean named = name.contains("vae")
                || String.valueOf(file.getParent()).toLowerCase(Locale.ROOT).endsWith("vae");
        return named && (name.endsWith(".safetensors") || name.endsWith(".pt") || name.endsWith(".ckpt"));
    }

    private static boolean isVae(Path file, boolean sdxl) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.contains("xl") == sdxl
                && kind(file).filter(kind -> kind == ModelKind.VAE).isPresent();
    }

    private static Optional<ModelKind> kind(Path file) {
        try {
            return Optional.of(ModelInfo.of(WeightFiles.open(file)).kind());
        } catch (BadInput e) {
            return Optional.empty();
        }
    }
}
