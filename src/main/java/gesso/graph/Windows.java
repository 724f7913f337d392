package gesso.graph;

import java.util.List;

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

    /** The picture moved up and left by so many pixels, what leaves it coming in again at the other side; negative: back. */
    String rolled(String x, int down, int across) {
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
     * What keeps apart, in windows of a rolled picture, pixels that are no neighbours: −100 or 0, [n, 1, h·w, h·w].
     *
     * @param like a value of the picture's size
     */
    String mask(String like, int down, int across) {
        // 1 in the last rows (columns) that came in from the other side; the others differ by window anyway.
        String row = side(like, 2, down);
        String column = side(like, 3, across);
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
