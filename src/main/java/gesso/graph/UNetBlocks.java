package gesso.graph;

import gesso.graph.Onnx.ElementType;
import java.util.List;

/** The parts that a UNet and a ControlNet, which is a copy of its first half, are made of. */
final class UNetBlocks {
    private static final int SD1_HEADS = 8;
    private static final int HEAD_WIDTH = 64;
    private static final double MAX_PERIOD = 10_000;

    private final Graph graph;
    private final Layers layers;
    private final String prefix;
    private final String embedding;
    private final String context;

    /** Declares the inputs {@code timesteps}, {@code context} and, where there is a label embedding, {@code y}. */
    UNetBlocks(Graph graph, Layers layers, String prefix) {
        this.graph = graph;
        this.layers = layers;
        this.prefix = prefix;
        embedding = layers.silu(embed(graph.input("timesteps", ElementType.FLOAT, "n")));
        String key = graph.first(prefix, ".attn2.to_k.weight");
        int contextWidth = key == null ? 0 : graph.dim(key, 2, 1);
        context = layers.wide(
                graph.input("context", ElementType.FLOAT, "n", "tokens", contextWidth == 0 ? "width" : contextWidth),
                contextWidth);
    }

    /** timesteps [n] → their embedding [n, 4·channels], plus the label's. */
    private String embed(String timesteps) {
        int half = graph.dim(prefix + "time_embed.0.weight", 2, 1) / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            // Rounded to float32 after every step, as torch computes them: at t = 999 a last bit is seen in the cosine.
            frequencies[i] = (float) Math.exp((float) -Math.log(MAX_PERIOD) * i / half);
        }
        String column = graph.op("Unsqueeze", List.of(timesteps, graph.ints(1)));
        String angles = graph.op("Mul", List.of(column, graph.floats("frequencies", frequencies, 1, half)));
        String waves = graph.op(
                "Concat",
                List.of(graph.op("Cos", List.of(angles)), graph.op("Sin", List.of(angles))),
                Attribute.of("axis", 1L));
        String time = perceptron(prefix + "time_embed.", layers.wide(waves, 2 * half));
        if (!graph.hasUnder(prefix + "label_emb.")) {
            return time;
        }
        int width = graph.dim(prefix + "label_emb.0.0.weight", 2, 1);
        String y = layers.wide(graph.input("y", ElementType.FLOAT, "n", width), width);
        return layers.add(time, perceptron(prefix + "label_emb.0.", y));
    }

    private String perceptron(String at, String x) {
        return layers.linear(at + "2", layers.silu(layers.linear(at + "0", x)));
    }

    /** The parts of one block, each known by the names of its tensors. */
    String block(String at, String x) {
        String y = x;
        int parts = graph.count(at);
        for (int j = 0; j < parts; j++) {
            String part = at + j;
            if (graph.hasUnder(part + ".in_layers.")) {
                y = residual(part + ".", y);
            } else if (graph.hasUnder(part + ".transformer_blocks.")) {
                y = transformer(part + ".", y);
            } else if (graph.hasUnder(part + ".op.")) {
                y = layers.conv(part + ".op", y, 2, 1, 1);
            } else if (graph.hasUnder(part + ".conv.")) {
                y = layers.conv(part + ".conv", layers.upsample(y));
            } else if (graph.has(part + ".weight")) {
                y = layers.conv(part, y);
            } else {
                throw graph.unusable("its part " + part + " is of an unknown kind");
            }
        }
        return y;
    }

    private String residual(String at, String x) {
        String h = layers.conv(at + "in_layers.2", layers.silu(layers.groupNorm(at + "in_layers.0", x, 1e-5f)));
        String emb = layers.linear(at + "emb_layers.1", embedding);
        String spread = layers.like(emb, graph.op("Unsqueeze", List.of(emb, graph.ints(2, 3))));
        String shifted = layers.add(h, spread);
        String y = layers.conv(at + "out_layers.3", layers.silu(layers.groupNorm(at + "out_layers.0", shifted, 1e-5f)));
        String skip = graph.has(at + "skip_connection.weight") ? layers.conv(at + "skip_connection", x) : x;
        return layers.add(skip, y);
    }

    private String transformer(String at, String x) {
        String normed = layers.groupNorm(at + "norm", x, 1e-6f);
        boolean linear = graph.shape(at + "proj_in.weight").length == 2;
        String tokens = linear
                ? layers.linear(at + "proj_in", layers.toTokens(normed))
                : layers.toTokens(layers.conv(at + "proj_in", normed));
        int blocks = graph.count(at + "transformer_blocks.");
        for (int i = 0; i < blocks; i++) {
            tokens = transformerBlock(at + "transformer_blocks." + i + ".", tokens, linear);
        }
        String planes = linear
                ? layers.toPlanes(layers.linear(at + "proj_out", tokens), x)
                : layers.conv(at + "proj_out", layers.toPlanes(tokens, x));
        return layers.add(planes, x);
    }

    private String transformerBlock(String at, String x, boolean linear) {
        String h = layers.layerNorm(at + "norm1", x);
        String y = layers.add(x, attention(at + "attn1.", h, h, linear));
        y = layers.add(y, attention(at + "attn2.", layers.layerNorm(at + "norm2", y), context, linear));
        String wide = layers.linear(at + "ff.net.0.proj", layers.layerNorm(at + "norm3", y));
        List<String> halves = layers.split(wide, 2, -1);
        String gated = layers.mul(halves.get(0), layers.gelu(halves.get(1)));
        return layers.add(y, layers.linear(at + "ff.net.2", gated));
    }

    /**
     * How many heads there are is the one thing that names and shapes do not tell: in the families whose projections around
     * the transformers are matrices (SD2, SDXL) a head is 64 wide, in SD1 there are 8.
     */
    private String attention(String at, String x, String from, boolean linear) {
        String q = layers.linear(at + "to_q", x);
        String k = layers.linear(at + "to_k", from);
        String v = layers.linear(at + "to_v", from);
        int heads = linear ? layers.width(q) / HEAD_WIDTH : SD1_HEADS;
        return layers.linear(at + "to_out.0", layers.attention(q, k, v, heads));
    }
}
