package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.WeightFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The denoising network of latent diffusion (Rombach et al. 2022; {@code UNetModel} of the LDM program, whose names it reads).
 *
 * <p>Inputs: {@code x} [n, in, h, w]; {@code timesteps} [n], fractions allowed; {@code context} [n, tokens, width]; {@code y}
 * [n, width] where the model has a label embedding (SDXL). Output: {@code out} [n, out, h, w], the model's prediction. Any
 * latent size works: where halving and doubling leaves a row too many, it is cut off, as A1111 does by its nearest-neighbour
 * resize to the size of the skip connection.
 */
public final class UNet {
    private final Graph graph;
    private final Layers layers;
    private final String prefix;
    private final boolean controlled;

    private UNet(Graph graph, String prefix, boolean controlled) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = prefix;
        this.controlled = controlled;
    }

    /**
     * The UNet in {@code file}.
     *
     * @param prefix of its tensors' names, {@code model.diffusion_model.} in a checkpoint
     */
    public static OnnxModel build(WeightFile file, String prefix) {
        return build(file, prefix, false);
    }

    /**
     * The same for ControlNets: with the inputs {@code control_0} … [n, c, h, w], {@link ControlNet}'s outputs, which are added to
     * the skip connections and to the middle. Each may be a single 0 of the shape [1, 1, 1, 1].
     */
    public static OnnxModel controlled(WeightFile file, String prefix) {
        return build(file, prefix, true);
    }

    private static OnnxModel build(WeightFile file, String prefix, boolean controlled) {
        Graph graph = new Graph("UNet", file);
        new UNet(graph, prefix, controlled).write();
        return graph.build();
    }

    private void write() {
        int in = graph.dim(prefix + "input_blocks.0.0.weight", 4, 1);
        String x = layers.wide(graph.input("x", ElementType.FLOAT, "n", in, "h", "w"), in);
        UNetBlocks blocks = new UNetBlocks(graph, layers, prefix);

        Deque<String> skips = new ArrayDeque<>();
        int inputs = graph.count(prefix + "input_blocks.");
        for (int i = 0; i < inputs; i++) {
            x = blocks.block(prefix + "input_blocks." + i + ".", x);
            skips.push(x);
        }
        x = guided(blocks.block(prefix + "middle_block.", x), inputs);
        int outputs = graph.count(prefix + "output_blocks.");
        if (outputs != inputs) {
            throw graph.unusable("it has " + inputs + " blocks on its way down and " + outputs + " on its way up");
        }
        for (int i = 0; i < outputs; i++) {
            String skip = guided(skips.pop(), inputs - 1 - i);
            String joined = graph.op("Concat", List.of(cut(x, skip), skip), Attribute.of("axis", 1L));
            layers.wide(joined, layers.width(x) + layers.width(skip));
            x = blocks.block(prefix + "output_blocks." + i + ".", joined);
        }
        String out = layers.conv(prefix + "out.2", layers.silu(layers.groupNorm(prefix + "out.0", x, 1e-5f)));
        graph.output("out", out, "n", layers.width(out), "h", "w");
    }

    /** x plus what a ControlNet says to it. */
    private String guided(String x, int index) {
        if (!controlled) {
            return x;
        }
        String control =
                graph.input("control_" + index, ElementType.FLOAT, "n", "c_" + index, "h_" + index, "w_" + index);
        return layers.like(x, graph.op("Add", List.of(x, control)));
    }

    /** x without the last row and column that {@code like} does not have. */
    private String cut(String x, String like) {
        String size = graph.op("Slice", List.of(layers.shapeOf(like), graph.ints(2), graph.ints(4)));
        return graph.op("Slice", List.of(x, graph.ints(0, 0), size, graph.ints(2, 3)));
    }
}
