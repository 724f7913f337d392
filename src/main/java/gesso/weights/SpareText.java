package gesso.weights;

import gesso.request.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text encoder for a checkpoint that has none: files of text encoders alone ({@code clip_l}, {@code clip_g}), as ComfyUI keeps
 * them, else another checkpoint's of the same family.
 *
 * @param whole the checkpoint with it
 * @param from what it was taken from
 */
public record SpareText(WeightFile whole, List<Path> from) {
    private static final String TABLE = "text_model.embeddings.token_embedding.weight";

    private static final List<String> TEXT = List.of("cond_stage_model.", "conditioner.embedders.");

    /**
     * Finds one that fits; empty where there is none.
     *
     * @param encoders files that may be text encoders
     * @param checkpoints files and folders that may have one; each is opened, until one fits
     */
    public static Optional<SpareText> of(
            WeightFile checkpoint, ModelInfo info, List<Path> encoders, List<Path> checkpoints) {
        return ofEncoders(checkpoint, info, encoders).or(() -> ofCheckpoints(checkpoint, info, checkpoints));
    }

    private static Optional<SpareText> ofEncoders(WeightFile checkpoint, ModelInfo info, List<Path> paths) {
        List<WeightFile> encoders = new ArrayList<>();
        for (Path path : paths) {
            opened(path).filter(file -> width(file) > 0).ifPresent(encoders::add);
        }
        int width = info.contextWidth();
        Architecture family = info.architecture().family();
        if (family == Architecture.SDXL) {
            for (WeightFile first : encoders) {
                for (WeightFile second : encoders) {
                    if (width(first) < width(second) && width(first) + width(second) == width) {
                        return Optional.of(joined(checkpoint, family, List.of(first, second)));
                    }
                }
            }
            return Optional.empty();
        }
        return encoders.stream()
                .filter(file -> width(file) == width)
                .findFirst()
                .map(file -> joined(checkpoint, family, List.of(file)));
    }

    private static SpareText joined(WeightFile checkpoint, Architecture family, List<WeightFile> encoders) {
        JoinedWeights all = copy(checkpoint);
        DiffusersParts parts = new DiffusersParts(all);
        if (family == Architecture.SDXL_REFINER) {
            parts.secondText(encoders.get(0), "", true);
        } else {
            parts.text(encoders.get(0), "", family == Architecture.SD2, encoders.size() > 1);
        }
        if (encoders.size() > 1) {
            parts.secondText(encoders.get(1), "", false);
        }
        return new SpareText(all, encoders.stream().map(WeightFile::path).toList());
    }

    private static Optional<SpareText> ofCheckpoints(WeightFile checkpoint, ModelInfo info, List<Path> paths) {
        for (Path path : paths) {
            Optional<WeightFile> other = opened(path).filter(file -> fits(file, info, checkpoint));
            if (other.isPresent()) {
                JoinedWeights all = copy(checkpoint);
                other.get().weights().forEach((name, weight) -> {
                    if (TEXT.stream().anyMatch(name::startsWith)) {
                        all.add(name, other.get(), weight);
                    }
                });
                return Optional.of(new SpareText(all, List.of(path)));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(WeightFile file, ModelInfo wanted, WeightFile checkpoint) {
        ModelInfo info = ModelInfo.of(file);
        return !file.path().equals(checkpoint.path())
                && info.kind() == ModelKind.CHECKPOINT
                && info.form() != Form.ONNX_FOLDER
                && info.hasTextEncoder()
                && info.architecture().family() == wanted.architecture().family()
                && info.contextWidth() == wanted.contextWidth();
    }

    private static JoinedWeights copy(WeightFile checkpoint) {
        JoinedWeights all = new JoinedWeights(checkpoint.path(), checkpoint.name(), checkpoint.form());
        all.addAll(checkpoint);
        checkpoint.metadata().forEach(all::note);
        return all;
    }

    private static Optional<WeightFile> opened(Path path) {
        try {
            return Files.exists(path) ? Optional.of(WeightFiles.open(path)) : Optional.empty();
        } catch (BadInput e) {
            return Optional.empty(); // a broken one is none
        }
    }

    /** Of the vectors that it makes of words; 0 where it is no CLIP text encoder. */
    private static int width(WeightFile file) {
        return (int) new Keys(file.weights()).dim(TABLE, 1);
    }
}
