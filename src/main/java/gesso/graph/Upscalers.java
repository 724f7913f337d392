package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.request.BadInput;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.WeightFile;
import java.util.List;

/**
 * Networks that make pictures larger. Input: {@code image} [1, 3, h, w] in 0–1. Output: {@code made} [1, 3, s·h, s·w], about
 * 0–1.
 */
public final class Upscalers {
    private static final String FIRST_OF_ESRGAN = "model.0.weight";
    private static final String FIRST_OF_COMPACT = "body.0.weight";
    private static final String FIRST = "conv_first.weight";
    private static final String FIRST_UNSHUFFLED = "conv_first.1.weight";
    /** Training programs keep the weights in a table inside the file, the averaged ones best. */
    private static final List<String> WRAPPERS = List.of("params_ema.", "params.", "");

    private Upscalers() {}

    /**
     * The file's network.
     *
     * @throws BadInput where it is no upscaler, or one that Gesso does not know, or a broken one
     */
    public static UpscalerGraph build(WeightFile file) {
        ModelInfo info = ModelInfo.of(file);
        String name = String.valueOf(file.path().getFileName());
        if (info.kind() != ModelKind.UPSCALER) {
            throw new BadInput("%s is not an upscaler, but: %s. Choose another file."
                    .formatted(name, info.kind().label()));
        }
        Graph graph = new Graph("upscaler", file);
        String prefix = WRAPPERS.stream()
                .filter(p -> List.of(FIRST_OF_ESRGAN, FIRST_OF_COMPACT, FIRST, FIRST_UNSHUFFLED).stream()
                        .anyMatch(key -> graph.has(p + key)))
                .findFirst()
                .orElse("");
        Built built =
                switch (info.architecture()) {
                    case ESRGAN -> Esrgan.build(graph, prefix);
                    case COMPACT -> SrVgg.build(graph, prefix);
                    case SWINIR -> SwinIr.build(graph, prefix);
                    case DAT -> Dat.build(graph, prefix);
                    default ->
                        throw new BadInput("%s is a %s upscaler, which Gesso cannot run. Choose another."
                                .formatted(name, info.architecture().label()));
                };
        return new UpscalerGraph(graph.build(), built.scale(), built.multiple());
    }

    /** The picture's input. @throws BadInput where it is not one of three colours */
    static String input(Graph graph, Layers layers, int channels) {
        if (channels != 3) {
            throw graph.unusable("it works with " + channels + " channels, not with three colours");
        }
        return layers.wide(graph.input("image", ElementType.FLOAT, 1, channels, "h", "w"), channels);
    }

    /** What an architecture says of the graph it has written. */
    record Built(int scale, int multiple) {}
}
