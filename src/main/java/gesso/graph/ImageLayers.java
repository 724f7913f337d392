package gesso.graph;

import java.util.Arrays;
import java.util.List;

/** Layers of the networks that make pictures larger; values are [1, C, h, w]. */
final class ImageLayers {
    private final Graph graph;
    private final Layers layers;

    ImageLayers(Graph graph, Layers layers) {
        this.graph = graph;
        this.layers = layers;
    }

    String leakyRelu(String x, float slope) {
        return layers.like(x, graph.op("LeakyRelu", List.of(x), Attribute.of("alpha", slope)));
    }

    /** A slope for each channel. */
    String prelu(String key, String x) {
        int width = layers.width(x);
        return layers.like(x, graph.op("PRelu", List.of(x, graph.inline(key, width, 1, 1))));
    }

    /** [1, r²·C, h, w] → [1, C, r·h, r·w], as torch's PixelShuffle. */
    String pixelShuffle(String x, int factor) {
        int area = factor * factor;
        if (factor < 1 || layers.width(x) % area != 0) {
            throw graph.unusable("a layer in it is " + layers.width(x) + " wide, no multiple of " + area);
        }
        String y = graph.op(
                "DepthToSpace", List.of(x), Attribute.of("blocksize", (long) factor), Attribute.of("mode", "CRD"));
        return layers.wide(y, layers.width(x) / area);
    }

    /** [1, C, r·h, r·w] → [1, C·r², h, w], as torch's PixelUnshuffle. */
    String pixelUnshuffle(String x, int factor) {
        int width = layers.width(x);
        String blocks = graph.op("SpaceToDepth", List.of(x), Attribute.of("blocksize", (long) factor));
        String apart = graph.op("Reshape", List.of(blocks, graph.ints((long) factor * factor, width, 0, -1)));
        String turned = graph.op("Transpose", List.of(apart), Attribute.ints("perm", 1, 0, 2, 3));
        return layers.wide(graph.op("Reshape", List.of(turned, layers.shapeOf(blocks))), width * factor * factor);
    }

    /** Every pixel becomes factor×factor. */
    String enlarge(String x, int factor) {
        if (factor == 1) {
            return x;
        }
        String y = graph.op(
                "Resize",
                List.of(x, "", graph.floats("times" + factor, new float[] {1, 1, factor, factor}, 4)),
                Attribute.of("mode", "nearest"),
                Attribute.of("nearest_mode", "floor"),
                Attribute.of("coordinate_transformation_mode", "asymmetric"));
        return layers.like(x, y);
    }

    String concat(List<String> parts) {
        String y = graph.op("Concat", parts, Attribute.of("axis", 1L));
        return layers.wide(y, parts.stream().mapToInt(layers::width).sum());
    }

    /** x/divisor + onto. A product in its place would be fused into the convolution before it, which reads its weights. */
    String partOnto(String x, float divisor, String onto) {
        String scaled = graph.op("Div", List.of(x, graph.floats("divisor" + divisor, new float[] {divisor})));
        return layers.add(layers.like(x, scaled), onto);
    }

    /** The colours' means off the picture, times range. */
    String centered(String image, float range) {
        String shifted = graph.op("Sub", List.of(image, mean(image)));
        return layers.like(image, range == 1 ? shifted : graph.op("Mul", List.of(shifted, range(range))));
    }

    /** The reverse of {@link #centered}. */
    String uncentered(String x, float range) {
        String value = range == 1 ? x : graph.op("Div", List.of(x, range(range)));
        return layers.like(x, graph.op("Add", List.of(value, mean(x))));
    }

    private String range(float range) {
        return graph.floats("range", new float[] {range});
    }

    /** DIV2K's, as SwinIR's and DAT's authors give them. */
    private String mean(String x) {
        return layers.width(x) == 3
                ? graph.floats("mean", new float[] {0.4488f, 0.4371f, 0.4040f}, 1, 3, 1, 1)
                : graph.floats("mean", new float[] {0}, 1, 1, 1, 1);
    }

    /** One convolution, or three with fewer channels in between. */
    String oneOrThree(String prefix, String x) {
        if (graph.has(prefix + ".weight")) {
            return layers.conv(prefix, x);
        }
        String y = leakyRelu(layers.conv(prefix + ".0", x), 0.2f);
        y = leakyRelu(layers.conv(prefix + ".2", y), 0.2f);
        return layers.conv(prefix + ".4", y);
    }

    /** Convolutions and pixel shuffles in turn: {@code prefix}.0, .2, … */
    String shuffledUp(String prefix, String x) {
        String y = x;
        for (int i = 0; graph.has(prefix + "." + i + ".weight"); i += 2) {
            int width = layers.width(y);
            String wide = layers.conv(prefix + "." + i, y);
            y = pixelShuffle(wide, root(layers.width(wide) / width));
        }
        return y;
    }

    /** How much larger {@link #shuffledUp} makes a picture. */
    int shuffledScale(String prefix) {
        int scale = 1;
        for (int i = 0; graph.has(prefix + "." + i + ".weight"); i += 2) {
            String weight = prefix + "." + i + ".weight";
            scale *= root(graph.dim(weight, 4, 0) / Math.max(graph.dim(weight, 4, 1), 1));
        }
        return scale;
    }

    /** A convolution of each channel by itself that keeps the size. */
    String depthwise(String prefix, String x) {
        String weight = prefix + ".weight";
        int kernel = graph.dim(weight, 4, 2);
        int width = layers.width(x);
        if (!Arrays.equals(graph.shape(weight), new long[] {width, 1, kernel, kernel}) || kernel % 2 == 0) {
            throw graph.unusable("its tensor " + weight + " has the shape " + Arrays.toString(graph.shape(weight)));
        }
        int pad = kernel / 2;
        String y = graph.op(
                "Conv",
                List.of(x, graph.weight(weight), graph.inline(prefix + ".bias", width)),
                Attribute.of("group", (long) width),
                Attribute.ints("pads", pad, pad, pad, pad));
        return layers.like(x, y);
    }

    /**
     * By the mean and variance of training, each channel. ONNX's own operator would be fused into the convolution before it,
     * which reads its weights; so would a product that follows it at once.
     */
    String batchNorm(String prefix, String x) {
        int width = layers.width(x);
        String variance = graph.op(
                "Add",
                List.of(graph.inline(prefix + ".running_var", width, 1, 1), graph.floats("epsilon", new float[] {1e-5f
                })));
        String factor = graph.op(
                "Div", List.of(graph.inline(prefix + ".weight", width, 1, 1), graph.op("Sqrt", List.of(variance))));
        String shifted = graph.op("Sub", List.of(x, graph.inline(prefix + ".running_mean", width, 1, 1)));
        String scaled = graph.op("Mul", List.of(shifted, factor));
        return layers.like(x, graph.op("Add", List.of(scaled, graph.inline(prefix + ".bias", width, 1, 1))));
    }

    /** [1, h·w, C] → [1, C, h, w], as high and wide as {@code like}, however many channels that has. */
    String toPlanes(String tokens, String like) {
        String rows = graph.op("Transpose", List.of(tokens), Attribute.ints("perm", 0, 2, 1));
        String shape =
                graph.op("Concat", List.of(graph.ints(1, layers.width(tokens)), size(like)), Attribute.of("axis", 0L));
        return layers.like(tokens, graph.op("Reshape", List.of(rows, shape)));
    }

    /** Zeros at the bottom and right, as many as make the sides multiples of a number. */
    String padded(String x, int multiple) {
        String missing = graph.op("Mod", List.of(graph.op("Neg", List.of(size(x))), graph.ints(multiple)));
        String pads = graph.op("Concat", List.of(graph.ints(0, 0), missing), Attribute.of("axis", 0L));
        return layers.like(x, graph.op("Pad", List.of(x, pads, "", graph.ints(2, 3))));
    }

    /** The top left part that is as high and wide as {@code like}. */
    String cropped(String x, String like) {
        return layers.like(x, graph.op("Slice", List.of(x, graph.ints(0, 0), size(like), graph.ints(2, 3))));
    }

    /** The whole numbers h, w. */
    private String size(String x) {
        return graph.op("Slice", List.of(layers.shapeOf(x), graph.ints(2), graph.ints(4)));
    }

    /** The square root of a whole number that has a whole one. */
    int root(int square) {
        int root = (int) Math.round(Math.sqrt(square));
        if (root < 1 || root * root != square) {
            throw graph.unusable("a layer in it enlarges by no whole number");
        }
        return root;
    }
}
