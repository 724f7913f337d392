package gesso.bench;

import gesso.request.GessoException;
import gesso.weights.CheckpointShapes;
import gesso.weights.DType;
import gesso.weights.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Checkpoints of a family's exact shapes with computed weights: real loads and real runs with no download.
 *
 * @param name as {@code --model} takes it
 */
record SyntheticModel(String name, Map<String, long[]> shapes, DType type) {
    /** All names, for people. */
    static final String NAMES = "sd15, sd15-fp16, sd2, sd2-fp16, sdxl or sdxl-fp16";

    /** The model of that name; empty: it is no synthetic one's. */
    static Optional<SyntheticModel> named(String name) {
        return switch (name) {
            case "sd15" -> Optional.of(new SyntheticModel(name, CheckpointShapes.sd15(), DType.F32));
            case "sd15-fp16" -> Optional.of(new SyntheticModel(name, CheckpointShapes.sd15(), DType.F16));
            case "sd2" -> Optional.of(new SyntheticModel(name, CheckpointShapes.sd2(), DType.F32));
            case "sd2-fp16" -> Optional.of(new SyntheticModel(name, CheckpointShapes.sd2(), DType.F16));
            case "sdxl" -> Optional.of(new SyntheticModel(name, CheckpointShapes.sdxl(), DType.F32));
            case "sdxl-fp16" -> Optional.of(new SyntheticModel(name, CheckpointShapes.sdxl(), DType.F16));
            default -> Optional.empty();
        };
    }

    /** How large its file becomes. */
    long bytes() {
        return shapes.values().stream()
                        .mapToLong(shape -> LongStream.of(shape).reduce(1, (a, b) -> a * b))
                        .sum()
                * type.bytes();
    }

    /**
     * Writes it into a folder, which is made.
     *
     * @throws GessoException where the disk has no room for it, or it cannot be written
     */
    Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes() * 1.05) {
                throw new GessoException(
                        "%s takes %.1f GB, and %s has room for %.1f GB; name a smaller model with --model."
                                .formatted(name, bytes() / 1e9, folder, free / 1e9));
            }
        } catch (IOException e) {
            throw new GessoException(
                    "Nothing can be written to %s, where the model for measuring goes.".formatted(folder), e);
        }
        Path file = folder.resolve(name + ".safetensors");
        SyntheticCheckpoint.write(file, shapes, type);
        return file;
    }
}
