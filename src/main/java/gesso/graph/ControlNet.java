package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.WeightFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A ControlNet (Zhang et al. 2023): a copy of the UNet's first half that also sees a control image, by the names of the
 * ControlNet program without what stands before them ({@link gesso.weights.ControlWeights}).
 *
 * <p>The control image is read once, by {@link #hint}. Then, at every step, {@link #build}'s inputs are {@code x} [n, 4, h, w];
 * {@code timesteps}, {@code context} and {@code y} as the UNet's; {@code hint} [1, c, h, w]; {@code scales} [k], one for each
 * residual; {@code map} [1, 1, h', w'] of any size, by which the residuals are multiplied in their places; and {@code before_0}
 * …, another ControlNet's outputs or a 0 of the shape [1, 1, 1, 1]. Its outputs {@code control_0} … are the sum: before + map ·
 * scale · residual.
 */
public final class ControlNet {
    private final Graph graph;
    private final Layers layers;
    private final boolean pooled;

    private ControlNet(Graph graph, boolean pooled) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.pooled = pooled;
    }

    /** What reads the control image: {@code image} [1, 3, 8h, 8w] in 0–1 → {@code hint} [1, c, h, w]. */
    public static OnnxModel hint(WeightFile file) {
        Graph graph = new Graph("ControlNet's image reader", file);
        new ControlNet(graph, false).writeHint();
        return graph.build();
    }

    /**
     * The graph of a file's ControlNet.
     *
     * @param pooled whether each residual is its mean over the picture (the shuffle model)
     */
    public static OnnxModel build(WeightFile file, boolean pooled) {
        Graph graph = new Graph("ControlNet", file);
        new ControlNet(graph, pooled).write();
        return graph.build();
    }

    /** How many residuals there are: one for each input block, and one for the middle. */
    public static int residuals(WeightFile file) {
        int n = 0;
        while (file.weights().containsKey("zero_convs." + n + ".0.weight")) {
            n++;
        }
        return n + 1;
    }

    private void writeHint() {
        int channels = graph.dim("input_hint_block.0.weight", 4, 1);
        String x = layers.wide(graph.input("image", ElementType.FLOAT, "n", channels, "h", "w"), channels);
        for (int i = 0; graph.has("input_hint_block." + i + ".weight"); i += 2) {
            String at = "input_hint_block." + i;
            boolean last = !graph.has("input_hint_block." + (i + 2) + ".weight");
            // Every second of the convolutions between the first and the last halves the picture.
            boolean halves = i > 0 && !last && i % 4 == 0;
            x = halves ? layers.conv(at, x, 2, 1, 1) : layers.conv(at, x);
            x = last ? x : layers.silu(x);
        }
        graph.output("hint", x, "n", layers.width(x), "h8", "w8");
    }

    private void write() {
        int in = graph.dim("input_blocks.0.0.weight", 4, 1);
        String x = layers.wide(graph.input("x", ElementType.FLOAT, "n", in, "h", "w"), in);
        UNetBlocks blocks = new UNetBlocks(graph, layers, "");
        int width = graph.dim("input_blocks.0.0.weight", 4, 0);
        String hint = layers.wide(graph.input("hint", ElementType.FLOAT, 1, width, "h", "w"), width);
        int count = graph.count("input_blocks.");
        if (graph.count("zero_convs.") != count) {
            throw graph.unusable("it has " + count + " blocks and " + graph.count("zero_convs.") + " outputs of them");
        }
        String scales = graph.input("scales", ElementType.FLOAT, count + 1);
        String map = graph.input("map", ElementType.FLOAT, 1, 1, "mh", "mw");
        List<String> residuals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            x = blocks.block("input_blocks." + i + ".", x);
            x = i == 0 ? layers.add(x, hint) : x;
            residuals.add(layers.conv("zero_convs." + i + ".0", x));
        }
        x = blocks.block("middle_block.", x);
        residuals.add(layers.conv("middle_block_out.0", x));
        for (int i = 0; i < residuals.size(); i++) {
            output(residuals.get(i), i, scales, map);
        }
    }

    private void output(String residual, int i, String scales, String map) {
        String scale = graph.op("Slice", List.of(scales, graph.ints(i), graph.ints(i + 1)));
        String size = graph.op("Slice", List.of(layers.shapeOf(residual), graph.ints(2), graph.ints(4)));
        String whole = graph.op("Concat", List.of(graph.ints(1, 1), size), Attribute.of("axis", 0L));
        String local = graph.op(
                "Resize",
                List.of(map, "", "", whole),
                Attribute.of("mode", "linear"),
                Attribute.of("coordinate_transformation_mode", "half_pixel"));
        String scaled = graph.op("Mul", List.of(residual, graph.op("Mul", List.of(local, scale))));
        if (pooled) {
            scaled = graph.op("ReduceMean", List.of(scaled, graph.ints(2, 3)), Attribute.of("keepdims", 1L));
        }
        String before = graph.input("before_" + i, ElementType.FLOAT, "n", "c_" + i, "h_" + i, "w_" + i);
        String sum = graph.op("Add", List.of(before, scaled));
        graph.output("control_" + i, sum, "n", layers.width(residual), "oh_" + i, "ow_" + i);
    }
}
