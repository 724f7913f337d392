package gesso.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picture-like values [1, C, H, W], H and W multiples of the window's sides, in windows [n, height·width, C], and back. */
final class Windows {
    private final Graph graph;
    private final Layers layers;
    private final int height;
    private final int width;

    Windows(Graph graph, Layers layers, int height, int width) {
        this.graph = graph;
        this.layers = layers;
        this.height = height;
        this.width = width;
    }

    /** Windows, and their picture's form [H/height, W/width, height, width, C], which putting them together again needs. */
    record Split(String windows, String apart) {}

    Split split(String x) {
        int channels = layers.width(x);
        String columns = graph.op("Transpose", List.of(x), Attribute.ints("perm", 0, 1, 3, 2));
        String flat = graph.op("Squeeze", List.of(columns, graph.ints(0)));
        // [C, W, H/h, h] → [H/h, h, C, W] → [H/h, h, C, W/w, w]
        String rows = graph.op("Reshape", List.of(flat, graph.ints(0, 0, -1, height)));
        String turned = graph.op("Transpose", List.of(rows), Attribute.ints("perm", 2, 3, 0, 1));
        String both = graph.op("Reshape", List.of(turned, graph.ints(0, 0, 0, -1, width)));
        String apart = graph.op("Transpose", List.of(both), Attribute.ints("perm", 0, 3, 1, 4, 2));
        String windows = graph.op("Reshape", List.of(apart, graph.ints(-1, (long) height * width, channels)));
        return new Split(layers.wide(windows, channels), apart);
    }

    String join(String windows, Split split) {
        String apart = graph.op("Reshape", List.of(windows, layers.shapeOf(split.apart)));
        String both = graph.op("Transpose", List.of(apart), Attribute.ints("perm", 0, 2, 4, 1, 3));
        String turned = graph.op("Reshape", List.of(both, graph.ints(0, 0, 0, -1)));
        String rows = graph.op("Transpose", List.of(turned), Attribute.ints("perm", 2, 3, 0, 1));
        String flat = graph.op("Reshape", List.of(rows, graph.ints(0, 0, -1)));
        String picture = graph.op("Transpose", List.of(flat), Attribute.ints("perm", 0, 2, 1));
        return layers.like(windows, graph.op("Unsqueeze", List.of(picture, graph.ints(0))));
    }

    /**
     * Pixels look at those of their window.
     *
     * @param qkv three of [n, h·w, C]
     * @param bias [1, heads, h·w, h·w]
     * @param mask what is added beside the bias, [n, 1, h·w, h·w]
     * @return [n, h·w, C]
     */
    String attention(List<String> qkv, String bias, @Nullable String mask) {
        int heads = layers.width(bias);
        int whole = layers.width(qkv.get(2));
        int each = whole / Math.max(heads, 1);
        if (each == 0 || each * heads != whole) {
            throw graph.unusable("an attention of " + heads + " heads in it is " + whole + " wide");
        }
        List<String> apart = qkv.stream().map(x -> heads(x, heads, each)).toList();
        String scores = graph.op(
                "com.microsoft.FusedMatMul",
                List.of(apart.get(0), apart.get(1)),
                Attribute.of("transB", 1L),
                Attribute.of("alpha", (float) (1 / Math.sqrt(each))));
        scores = graph.op("Add", List.of(scores, bias));
        if (mask != null) {
            scores = graph.op("Add", List.of(scores, mask));
        }
        String weights = graph.op("Softmax", List.of(scores), Attribute.of("axis", -1L));
        String values = graph.op("MatMul", List.of(weights, apart.get(2)));
        String turned = graph.op("Transpose", List.of(values), Attribute.ints("perm", 0, 2, 1, 3));
        return layers.wide(graph.op("Reshape", List.of(turned, graph.ints(0, 0, whole))), whole);
    }

    private String heads(String x, int heads, int each) {
        String apart = graph.op("Reshape", List.of(x, graph.ints(0, 0, heads, each)));
        return graph.op("Transpose", List.of(apart), Attribute.ints("perm", 0, 2, 1, 3));
    }

    /** How many distances two pixels of a window can have, with their directions. */
    int distances() {
        return (2 * height - 1) * (2 * width - 1);
    }

    /** A number for each two pixels of a window, of one for each distance: [distances, heads] → [1, heads, h·w, h·w]. */
    String bias(String table) {
        int area = height * width;
        float[] places = new float[area * area];
        for (int i = 0; i < area; i++) {
            for (int j = 0; j < area; j++) {
                int down = i / width - j / width + height - 1;
                int across = i % width - j % width + width - 1;
                places[i * area + j] = down * (2 * width - 1) + across;
            }
        }
        String exact = graph.floats("places" + height + "x" + width, places, places.length);
        String index = graph.op("Cast", List.of(exact), Attribute.of("to", 7L));
        String all = graph.op("Gather", List.of(table, index));
        int heads = layers.width(table);
        String pairs = graph.op("Reshape", List.of(all, graph.ints(1, area, area, heads)));
        return layers.like(table, graph.op("Transpose", List.of(pairs), Attribute.ints("perm", 0, 3, 1, 2)));
    }

    /** The picture moved up and left by half a window, what leaves it coming in again at the other side. */
    String shifted(String x) {
        return rolled(x, height / 2, width / 2);
    }

    /** The reverse of {@link #shifted}. */
    String shiftedBack(String x) {
        return rolled(x, -(height / 2), -(width / 2));
    }

    private String rolled(String x, int down, int across) {
        return layers.like(x, along(along(x, 2, down), 3, across));
    }

    private String along(String x, long axis, long by) {
        String rest = slice(x, axis, by, Long.MAX_VALUE);
        String first = slice(x, axis, 0, by);
        return graph.op("Concat", List.of(rest, first), Attribute.of("axis", axis));
    }

    private String slice(String x, long axis, long from, long to) {
        return graph.op("Slice", List.of(x, graph.ints(from), graph.ints(to), graph.ints(axis)));
    }

    /**
     * What keeps apart, in windows of a shifted picture, pixels that are no neighbours: −100 or 0, [n, 1, h·w, h·w].
     *
     * @param like a value of the picture's size
     */
    String mask(String like) {
        // 1 in the last rows (columns) that came in from the other side; the others differ by window anyway.
        String row = side(like, 2, height / 2);
        String column = side(like, 3, width / 2);
        String twice = graph.op("Add", List.of(column, column));
        String regions = layers.wide(graph.op("Add", List.of(row, twice)), 1);
        String windows = split(regions).windows;
        String turned = graph.op("Transpose", List.of(windows), Attribute.ints("perm", 0, 2, 1));
        String differs = graph.op("Abs", List.of(graph.op("Sub", List.of(windows, turned))));
        String cut = graph.op("Min", List.of(differs, graph.floats("one", new float[] {1})));
        String masked = graph.op("Mul", List.of(cut, graph.floats("masked", new float[] {-100})));
        return graph.op("Unsqueeze", List.of(masked, graph.ints(1)));
    }

    /** [1, 1, H, W]: 0, and 1 in the last {@code shift} of the axis. */
    private String side(String like, long axis, int shift) {
        String one = slice(like, 1, 0, 1);
        String zeros = graph.op("Mul", List.of(one, graph.floats("zero", new float[] {0})));
        String ones = graph.op(
                "Add", List.of(slice(zeros, axis, -shift, Long.MAX_VALUE), graph.floats("one", new float[] {1})));
        return graph.op("Concat", List.of(slice(zeros, axis, 0, -shift), ones), Attribute.of("axis", axis));
    }
}
