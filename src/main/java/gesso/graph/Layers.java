package gesso.graph;

import java.util.Arrays;
import java.util.List;

/** The layers that all networks are made of; {@code prefix} is the layer's name in the file, up to its last dot. */
final class Layers {
    private static final int GROUPS = 32;

    private final Graph graph;

    Layers(Graph graph) {
        this.graph = graph;
    }

    /** A convolution of any odd kernel that keeps the size; x [B, in, h, w] → [B, out, h, w]. */
    String conv(String prefix, String x) {
        int pad = (graph.dim(prefix + ".weight", 4, 2) - 1) / 2;
        return conv(prefix, x, 1, pad, pad);
    }

    /** {@code before} and {@code after}: zeros at the top and left, at the bottom and right. */
    String conv(String prefix, String x, int stride, int before, int after) {
        String weight = graph.weight(prefix + ".weight");
        graph.dim(prefix + ".weight", 4, 0);
        List<String> inputs =
                graph.has(prefix + ".bias") ? List.of(x, weight, graph.weight(prefix + ".bias")) : List.of(x, weight);
        return graph.op(
                "Conv",
                inputs,
                Attribute.ints("strides", stride, stride),
                Attribute.ints("pads", before, before, after, after));
    }

    /** x [.., in] → [.., out], with the bias where the file has one. */
    String linear(String prefix, String x) {
        return linear(prefix + ".weight", prefix + ".bias", x);
    }

    String linear(String weight, String bias, String x) {
        graph.dim(weight, 2, 0);
        // FusedMatMul takes the weight as stored, [out, in]; a Transpose before MatMul would be folded, thus read.
        String y = graph.op("com.microsoft.FusedMatMul", List.of(x, graph.weight(weight)), Attribute.of("transB", 1L));
        return graph.has(bias) ? add(y, graph.weight(bias)) : y;
    }

    /** x [B, C, h, w]: 32 groups, each brought to mean 0 and variance 1, then scaled and shifted by channel. */
    String groupNorm(String prefix, String x, float epsilon) {
        int channels = graph.dim(prefix + ".weight", 1, 0);
        if (channels % GROUPS != 0) {
            throw graph.unusable("its layer " + prefix + " has " + channels + " channels, no multiple of " + GROUPS);
        }
        float[] ones = new float[GROUPS];
        Arrays.fill(ones, 1);
        String groups = graph.op("Reshape", List.of(x, graph.ints(0, GROUPS, -1)));
        String normed = graph.op(
                "InstanceNormalization",
                List.of(groups, graph.floats("ones", ones, GROUPS), graph.floats("zeros", new float[GROUPS], GROUPS)),
                Attribute.of("epsilon", epsilon));
        String back = graph.op("Reshape", List.of(normed, shapeOf(x)));
        String scaled = mul(back, graph.inline(prefix + ".weight", channels, 1, 1));
        return add(scaled, graph.inline(prefix + ".bias", channels, 1, 1));
    }

    /** Over the last axis. */
    String layerNorm(String prefix, String x) {
        return graph.op(
                "LayerNormalization",
                List.of(x, graph.weight(prefix + ".weight"), graph.weight(prefix + ".bias")),
                Attribute.of("epsilon", 1e-5f));
    }

    /** softmax(q·kᵀ/√d)·v for each head; q [B, n, heads·d], k and v [B, m, heads·d] → [B, n, heads·d]. */
    String attention(String q, String k, String v, int heads, Attribute... more) {
        Attribute[] attributes = Arrays.copyOf(more, more.length + 1);
        attributes[more.length] = Attribute.of("num_heads", (long) heads);
        return graph.op("com.microsoft.MultiHeadAttention", List.of(q, k, v), attributes);
    }

    /** x·sigmoid(x). */
    String silu(String x) {
        return quickGelu(x, 1);
    }

    /** x·sigmoid(alpha·x). */
    String quickGelu(String x, float alpha) {
        return graph.op("com.microsoft.QuickGelu", List.of(x), Attribute.of("alpha", alpha));
    }

    /** The exact form, with erf. */
    String gelu(String x) {
        return graph.op("com.microsoft.Gelu", List.of(x));
    }

    String add(String a, String b) {
        return graph.op("Add", List.of(a, b));
    }

    String mul(String a, String b) {
        return graph.op("Mul", List.of(a, b));
    }

    String shapeOf(String x) {
        return graph.op("Shape", List.of(x));
    }

    /** [B, C, h, w] → [B, h·w, C]. */
    String toTokens(String x) {
        String rows = graph.op("Reshape", List.of(x, graph.ints(0, 0, -1)));
        return graph.op("Transpose", List.of(rows), Attribute.ints("perm", 0, 2, 1));
    }

    /** [B, h·w, C] → the shape of {@code like}, [B, C, h, w]. */
    String toPlanes(String tokens, String like) {
        String rows = graph.op("Transpose", List.of(tokens), Attribute.ints("perm", 0, 2, 1));
        return graph.op("Reshape", List.of(rows, shapeOf(like)));
    }

    /** Every pixel becomes 2×2. */
    String upsample(String x) {
        return graph.op(
                "Resize",
                List.of(x, "", graph.floats("twice", new float[] {1, 1, 2, 2}, 4)),
                Attribute.of("mode", "nearest"),
                Attribute.of("nearest_mode", "floor"),
                Attribute.of("coordinate_transformation_mode", "asymmetric"));
    }
}
