package gesso.library;

import gesso.image.metadata.EmbeddingPicture;
import gesso.request.BadInput;
import gesso.request.InvalidRequest;
import gesso.request.Size;
import gesso.weights.Architecture;
import gesso.weights.EmbeddingTable;
import gesso.weights.IncompleteFile;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of weights is, in the words that lists show.
 *
 * @param kind e.g. "checkpoint", "LoRA"
 * @param architecture with its form: "Stable Diffusion 1 inpainting"
 * @param family the architecture whose LoRAs and ControlNets fit; empty where the file does not say
 * @param form how it lies on the disk: "one file"
 * @param precision e.g. "fp16"
 * @param prediction "epsilon" or "v", with what goes with it; empty where it is no checkpoint
 * @param size it was made for; 1x1 where it makes no pictures
 * @param inpainting whether its UNet is told of the mask
 * @param incomplete whether the file is shorter than it says: it may be whole later
 * @param trouble why it cannot be used, a sentence; empty where it can be read
 */
public record ModelFacts(
        Shelf shelf,
        String kind,
        String title,
        String architecture,
        String family,
        String form,
        String precision,
        String prediction,
        Size size,
        boolean inpainting,
        boolean incomplete,
        String trouble) {
    private static final Size NONE = new Size(1, 1);
    private static final Set<Shelf> ONNX = Set.of(Shelf.UPSCALER, Shelf.INTERROGATOR, Shelf.PREPROCESSOR);

    /** Looks into the file; what cannot be read is told by its {@code trouble}. */
    static ModelFacts look(Path model, Shelf place) {
        try {
            return isOnnx(model) ? ofOnnx(model, place) : ofWeights(model);
        } catch (IncompleteFile e) {
            return broken(place, model, true, e.sentence());
        } catch (BadInput e) {
            return broken(place, model, false, e.sentence());
        }
    }

    /** What a file or folder is. @throws BadInput where it cannot be read */
    public static ModelFacts of(Path model) {
        Path file = model.toAbsolutePath().normalize();
        return isOnnx(file) ? ofOnnx(file, Shelf.of(file.getRoot(), file).orElse(Shelf.OTHER)) : ofWeights(model);
    }

    private static ModelFacts ofWeights(Path model) {
        ModelInfo info = ModelInfo.of(
                EmbeddingPicture.isNamed(model)
                        ? EmbeddingTable.of(model, EmbeddingPicture.read(model))
                        : WeightFiles.open(model));
        boolean paints = info.kind() == ModelKind.CHECKPOINT;
        String prediction =
                paints ? info.prediction().label() + (info.zeroTerminalSnr() ? ", zero terminal SNR" : "") : "";
        Architecture family = info.architecture().family();
        return new ModelFacts(
                Shelf.of(info.kind()),
                info.kind().label(),
                info.title(),
                info.label(),
                family == Architecture.UNKNOWN ? "" : family.label(),
                info.form().label(),
                info.precision(),
                prediction,
                info.nativeSize(),
                info.isInpainting(),
                false,
                paints && !info.architecture().isSupported()
                        ? "It is a %s model, which Gesso cannot run.".formatted(info.label())
                        : "");
    }

    private static boolean isOnnx(Path model) {
        return model.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /** One ONNX file says little of itself: where it lies tells what it is for. */
    private static ModelFacts ofOnnx(Path model, Shelf place) {
        Shelf shelf = ONNX.contains(place) ? place : Shelf.OTHER;
        String kind =
                switch (shelf) {
                    case UPSCALER -> ModelKind.UPSCALER.label();
                    case INTERROGATOR -> ModelKind.TAGGER.label();
                    case PREPROCESSOR -> "preprocessor";
                    default -> ModelKind.UNKNOWN.label();
                };
        String name = ModelScan.stem(String.valueOf(model.getFileName()));
        return new ModelFacts(shelf, kind, name, "unknown", "", "ONNX file", "", "", NONE, false, false, "");
    }

    private static ModelFacts broken(Shelf place, Path model, boolean incomplete, String sentence) {
        String name = ModelScan.stem(String.valueOf(model.getFileName()));
        String unknown = ModelKind.UNKNOWN.label();
        return new ModelFacts(place, unknown, name, unknown, "", "", "", "", NONE, false, incomplete, sentence);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("shelf", shelf.id());
        map.put("kind", kind);
        map.put("title", title);
        map.put("architecture", architecture);
        map.put("family", family);
        map.put("form", form);
        map.put("precision", precision);
        map.put("prediction", prediction);
        map.put("size", size.toString());
        map.put("inpainting", inpainting);
        map.put("trouble", trouble);
        return map;
    }

    /** What {@link #toMap} made; empty where it is something else. */
    static Optional<ModelFacts> ofMap(Map<?, ?> map) {
        for (Shelf shelf : Shelf.values()) {
            if (shelf.id().equals(map.get("shelf"))) {
                return Optional.of(new ModelFacts(
                        shelf,
                        text(map.get("kind")),
                        text(map.get("title")),
                        text(map.get("architecture")),
                        text(map.get("family")),
                        text(map.get("form")),
                        text(map.get("precision")),
                        text(map.get("prediction")),
                        size(text(map.get("size"))),
                        Boolean.TRUE.equals(map.get("inpainting")),
                        false,
                        text(map.get("trouble"))));
            }
        }
        return Optional.empty();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Size size(String text) {
        try {
            return Size.parse(text);
        } catch (InvalidRequest e) {
            return NONE;
        }
    }
}
