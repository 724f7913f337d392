package gesso.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers that all networks are made of; {@code prefix} is the layer's name in the file, up to its last dot.
 *
 * <p>The width of every value is known as it is made (the channels of a picture-like one, the last axis of others), and every
 * weight is held against it: ONNX Runtime does not check them all, and one that does not fit can end the process.
 */
final class Layers {
    private static final int GROUPS = 32;
    private static final int MAX_KERNEL = 7;
    private static final int MAX_PATCH = 64;

    private final Graph graph;
    private final Map<String, Integer> widths = new HashMap<>();

    Layers(Graph graph) {
        this.graph = graph;
    }

    /** Notes how wide a value is. */
    String wide(String value, int width) {
        widths.put(value, width);
        return value;
    }

    int width(String value) {
        Integer width = widths.get(value);
        if (width == null) {
            throw new IllegalStateException("nobody said how wide " + value + " is");
        }
        return width;
    }

    /** A convolution that keeps the size; x [B, in, h, w] → [B, out, h, w]. */
    String conv(String prefix, String x) {
        int pad = (graph.dim(prefix + ".weight", 4, 2) - 1) / 2;
        return conv(prefix, x, 1, pad, pad);
    }

    /** {@code before} and {@code after}: zeros at the top and left, at the bottom and right. */
    String conv(String prefix, String x, int stride, int before, int after) {
        String weight = prefix + ".weight";
        int out = graph.dim(weight, 4, 0);
        int kernel = graph.dim(weight, 4, 2);
        if (out == 0 || kernel % 2 == 0 || kernel > MAX_KERNEL) {
            throw graph.unusable("its tensor " + weight + " has the shape " + Arrays.toString(graph.shape(weight)));
        }
        expect(weight, out, width(x), kernel, kernel);
        String bias = prefix + ".bias";
        List<String> inputs = graph.has(bias)
                ? List.of(x, graph.weight(weight), vector(bias, out))
                : List.of(x, graph.weight(weight));
        String y = graph.op(
                "Conv",
                inputs,
                Attribute.ints("strides", stride, stride),
                Attribute.ints("pads", before, before, after, after));
        return wide(y, out);
    }

    /** A picture in squares as wide as the convolution's kernel, each by itself: x [B, in, h, w] → [B, out, h/k, w/k]. */
    String patches(String prefix, String x) {
        String weight = prefix + ".weight";
        int out = graph.dim(weight, 4, 0);
        int side = graph.dim(weight, 4, 2);
        if (out == 0 || side == 0 || side > MAX_PATCH) {
            throw graph.unusable("its tensor " + weight + " has the shape " + Arrays.toString(graph.shape(weight)));
        }
        expect(weight, out, width(x), side, side);
        String bias = prefix + ".bias";
        List<String> inputs = graph.has(bias)
                ? List.of(x, graph.weight(weight), vector(bias, out))
                : List.of(x, graph.weight(weight));
        return wide(graph.op("Conv", inputs, Attribute.ints("strides", side, side)), out);
    }

    /** x [.., in] → [.., out], with the bias where the file has one. */
    String linear(String prefix, String x) {
        return linear(prefix + ".weight", prefix + ".bias", x);
    }

    String linear(String weight, String bias, String x) {
        int out = graph.dim(weight, 2, 0);
        if (out == 0) {
            throw graph.unusable("its tensor " + weight + " is empty");
        }
        expect(weight, out, width(x));
        // FusedMatMul takes the weight as stored, [out, in]; a Transpose before MatMul would be folded, thus read.
        String y = graph.op("com.microsoft.FusedMatMul", List.of(x, graph.weight(weight)), Attribute.of("transB", 1L));
        wide(y, out);
        return graph.has(bias) ? add(y, wide(vector(bias, out), out)) : y;
    }

    /** x [.., in] times a matrix that is stored as [in, out]. */
    String project(String weight, String x) {
        int out = graph.dim(weight, 2, 1);
        expect(weight, width(x), out);
        return wide(graph.op("com.microsoft.FusedMatMul", List.of(x, graph.weight(weight))), out);
    }

    /** x [B, C, h, w]: 32 groups, each brought to mean 0 and variance 1, then scaled and shifted by channel. */
    String groupNorm(String prefix, String x, float epsilon) {
        int channels = width(x);
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
        String scaled = graph.op("Mul", List.of(back, graph.inline(prefix + ".weight", channels, 1, 1)));
        return wide(graph.op("Add", List.of(scaled, graph.inline(prefix + ".bias", channels, 1, 1))), channels);
    }

    /** Over the last axis. */
    String layerNorm(String prefix, String x) {
        return layerNorm(prefix, x, 1e-5f);
    }

    String layerNorm(String prefix, String x, float epsilon) {
        int width = width(x);
        String y = graph.op(
                "LayerNormalization",
                List.of(x, vector(prefix + ".weight", width), vector(prefix + ".bias", width)),
                Attribute.of("epsilon", epsilon));
        return wide(y, width);
    }

    /** softmax(q·kᵀ/√d)·v for each head; q [B, n, heads·d], k and v [B, m, heads·d] → [B, n, heads·d]. */
    String attention(String q, String k, String v, int heads, Attribute... more) {
        int width = width(q);
        if (heads == 0 || width % heads != 0 || width(k) != width || width(v) != width) {
            throw graph.unusable("an attention of " + heads + " heads in it is " + width + ", " + width(k) + " and "
                    + width(v) + " wide");
        }
        Attribute[] attributes = Arrays.copyOf(more, more.length + 1);
        attributes[more.length] = Attribute.of("num_heads", (long) heads);
        return wide(graph.op("com.microsoft.MultiHeadAttention", List.of(q, k, v), attributes), width);
    }

    /** Equal parts along the last axis, or along the channels of a picture-like value. */
    List<String> split(String x, int parts, long axis) {
        if (width(x) % parts != 0) {
            throw graph.unusable("a layer in it is " + width(x) + " wide, no multiple of " + parts);
        }
        List<String> pieces = graph.op(
                "Split", List.of(x), parts, Attribute.of("axis", axis), Attribute.of("num_outputs", (long) parts));
        pieces.forEach(p -> wide(p, width(x) / parts));
        return pieces;
    }

    /** x·sigmoid(x). */
    String silu(String x) {
        return quickGelu(x, 1);
    }

    /** x·sigmoid(alpha·x). */
    String quickGelu(String x, float alpha) {
        return like(x, graph.op("com.microsoft.QuickGelu", List.of(x), Attribute.of("alpha", alpha)));
    }

    /** The exact form, with erf. */
    String gelu(String x) {
        return like(x, graph.op("com.microsoft.Gelu", List.of(x)));
    }

    String add(String a, String b) {
        return pointwise("Add", a, b);
    }

    String mul(String a, String b) {
        return pointwise("Mul", a, b);
    }

    private String pointwise(String type, String a, String b) {
        if (width(a) != width(b)) {
            throw graph.unusable("two layers that meet in it are " + width(a) + " and " + width(b) + " wide");
        }
        return like(a, graph.op(type, List.of(a, b)));
    }

    String shapeOf(String x) {
        return graph.op("Shape", List.of(x));
    }

    /** [B, C, h, w] → [B, h·w, C]. */
    String toTokens(String x) {
        String rows = graph.op("Reshape", List.of(x, graph.ints(0, 0, -1)));
        return like(x, graph.op("Transpose", List.of(rows), Attribute.ints("perm", 0, 2, 1)));
    }

    /** [B, h·w, C] → [B, C, h, w], as high and wide as {@code like}, which has as many channels. */
    String toPlanes(String tokens, String like) {
        if (width(tokens) != width(like)) {
            throw graph.unusable(
                    "a transformer in it is " + width(tokens) + " wide between " + width(like) + " channels");
        }
        String rows = graph.op("Transpose", List.of(tokens), Attribute.ints("perm", 0, 2, 1));
        return like(like, graph.op("Reshape", List.of(rows, shapeOf(like))));
    }

    /** Every pixel becomes 2×2. */
    String upsample(String x) {
        String y = graph.op(
                "Resize",
                List.of(x, "", graph.floats("twice", new float[] {1, 1, 2, 2}, 4)),
                Attribute.of("mode", "nearest"),
                Attribute.of("nearest_mode", "floor"),
                Attribute.of("coordinate_transformation_mode", "asymmetric"));
        return like(x, y);
    }

    /** Notes that a value is as wide as another. */
    String like(String x, String value) {
        return wide(value, width(x));
    }

    /** A tensor of one axis. */
    private String vector(String key, int size) {
        return graph.inline(key, size);
    }

    private void expect(String key, long... shape) {
        long[] actual = graph.shape(key);
        if (!Arrays.equals(actual, shape)) {
            throw graph.unusable("its tensor " + key + " has the shape " + Arrays.toString(actual) + " where "
                    + Arrays.toString(shape) + " belongs");
        }
    }
}
