package gesso.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * DAT's two attentions, each beside a convolution of the same values, and how attention and convolution weigh one another
 * (adaptive interaction). Values are [1, h·w, C].
 */
final class DatAttention {
    private static final int MAX_AREA = 1024;
    private static final float SHORTEST = 1e-12f;

    private final Graph graph;
    private final Layers layers;
    private final ImageLayers images;
    /** The picture's size. */
    private final String like;
    /** One half of the channels is seen through the first, the other half through the second, which lies on its side. */
    private final List<Windows> windows;

    private final List<String> masks;
    /** Windows fill a picture whose sides are multiples of this. */
    private final int multiple;

    /** {@code like}: [1, C, h, w], of the picture's size. */
    DatAttention(Graph graph, Layers layers, ImageLayers images, String prefix, String like) {
        this.graph = graph;
        this.layers = layers;
        this.images = images;
        this.like = like;
        // Distances between two pixels of a window, the largest last.
        String distances = prefix + "layers.0.blocks.0.attn.attns.0.rpe_biases";
        float[] numbers = graph.numbers(distances);
        int last = numbers.length - 1;
        int height = last < 1 ? 0 : (int) numbers[last - 1] + 1;
        int width = last < 1 ? 0 : (int) numbers[last] + 1;
        int longer = Math.max(height, width);
        int shorter = Math.min(height, width);
        if (shorter < 2 || longer > MAX_AREA || longer * shorter > MAX_AREA || longer % shorter != 0) {
            throw graph.unusable("its windows are " + height + " high and " + width + " wide");
        }
        multiple = longer;
        windows = List.of(new Windows(graph, layers, height, width), new Windows(graph, layers, width, height));
        String padded = images.padded(like, multiple);
        masks = windows.stream().map(w -> w.mask(padded)).toList();
    }

    /** Pixels look at those in their window; half of the heads through upright windows, half through those on their side. */
    String spatial(String at, String x, boolean shifted) {
        String qkv = images.toPlanes(layers.linear(at + "qkv", x), like);
        String values = layers.split(qkv, 3, 1).get(2);
        List<String> halves = layers.split(images.padded(qkv, multiple), 6, 1);
        String both = images.concat(Stream.of(0, 1)
                .map(i -> throughWindows(at, i, List.of(halves.get(i), halves.get(2 + i), halves.get(4 + i)), shifted))
                .toList());
        String attended = images.cropped(both, like);
        return interacting(at, attended, convolved(at, values));
    }

    private String throughWindows(String at, int branch, List<String> qkv, boolean shifted) {
        Windows through = windows.get(branch);
        List<Windows.Split> split = qkv.stream()
                .map(x -> through.split(shifted ? through.shifted(x) : x))
                .toList();
        String bias = bias(at + "attns." + branch + ".", through);
        String attended = through.attention(
                split.stream().map(Windows.Split::windows).toList(), bias, shifted ? masks.get(branch) : null);
        String joined = through.join(attended, split.get(0));
        return shifted ? through.shiftedBack(joined) : joined;
    }

    /** What a small network makes of the distances in a window. Its weights go into the graph, so that it is computed once. */
    private String bias(String at, Windows through) {
        String x = layers.wide(graph.inline(at + "rpe_biases", through.distances(), 2), 2);
        x = small(at + "pos.pos_proj", x);
        for (int i = 1; i <= 3; i++) {
            String normed = layers.layerNorm(at + "pos.pos" + i + ".0", x);
            x = small(at + "pos.pos" + i + ".2", layers.like(x, graph.op("Relu", List.of(normed))));
        }
        return through.bias(x);
    }

    private String small(String prefix, String x) {
        int out = graph.dim(prefix + ".weight", 2, 0);
        String weight = graph.inline(prefix + ".weight", out, layers.width(x));
        String y = graph.op("com.microsoft.FusedMatMul", List.of(x, weight), Attribute.of("transB", 1L));
        return layers.wide(graph.op("Add", List.of(y, graph.inline(prefix + ".bias", out))), out);
    }

    /** Channels look at one another. */
    String channel(String at, String x) {
        String qkv = images.toPlanes(layers.linear(at + "qkv", x), like);
        List<String> parts = layers.split(qkv, 3, 1);
        String values = parts.get(2);
        int heads = graph.dim(at + "temperature", 3, 0);
        int width = layers.width(values);
        if (heads < 1 || width % heads != 0) {
            throw graph.unusable("an attention of " + heads + " heads in it is " + width + " wide");
        }
        List<String> apart = parts.stream()
                .map(p -> graph.op("Reshape", List.of(p, graph.ints(0, heads, width / heads, -1))))
                .toList();
        String scores = graph.op(
                "com.microsoft.FusedMatMul",
                List.of(unit(apart.get(0)), unit(apart.get(1))),
                Attribute.of("transB", 1L));
        scores = graph.op("Mul", List.of(scores, graph.inline(at + "temperature", heads, 1, 1)));
        String weights = graph.op("Softmax", List.of(scores), Attribute.of("axis", -1L));
        String seen = graph.op("MatMul", List.of(weights, apart.get(2)));
        String attended = layers.like(values, graph.op("Reshape", List.of(seen, layers.shapeOf(values))));
        return interacting(at, convolved(at, values), attended);
    }

    /** Along the last axis of length 1. */
    private String unit(String x) {
        String length = graph.op("ReduceL2", List.of(x, graph.ints(-1)));
        String some = graph.op("Max", List.of(length, graph.floats("shortest", new float[] {SHORTEST})));
        return graph.op("Div", List.of(x, some));
    }

    private String convolved(String at, String values) {
        return layers.gelu(images.batchNorm(at + "dwconv.1", images.depthwise(at + "dwconv.0", values)));
    }

    /** x times a number for each channel, drawn from y, and y times a number for each pixel, drawn from x; projected. */
    private String interacting(String at, String x, String y) {
        String channels = at + "channel_interaction.";
        String mean = layers.like(y, graph.op("GlobalAveragePool", List.of(y)));
        String byChannel = layers.gelu(images.batchNorm(channels + "2", layers.conv(channels + "1", mean)));
        String a = layers.mul(x, sigmoid(layers.conv(channels + "4", byChannel)));

        String pixels = at + "spatial_interaction.";
        String byPixel = layers.gelu(images.batchNorm(pixels + "1", layers.conv(pixels + "0", x)));
        String map = layers.conv(pixels + "3", byPixel);
        if (layers.width(map) != 1) {
            throw graph.unusable("it has " + layers.width(map) + " numbers for each pixel where one belongs");
        }
        String b = layers.like(y, graph.op("Mul", List.of(y, sigmoid(map))));
        return layers.linear(at + "proj", layers.toTokens(layers.add(a, b)));
    }

    private String sigmoid(String x) {
        return layers.like(x, graph.op("Sigmoid", List.of(x)));
    }
}
