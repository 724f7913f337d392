package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.OnnxFile.Value;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign network that draws a picture of a picture (depth, edges, normals), with its input as {@link #IMAGE}
 * [1, channels, h, w] and its output as {@link #DRAWN}, both float32.
 *
 * @param file the ONNX file
 * @param output the name of the output that is taken
 * @param channels 3, or 1 where it takes grey
 * @param width the only one that it takes; −1: any
 * @param height the only one that it takes; −1: any
 */
public record PictureGraph(OnnxModel model, WeightFile file, String output, int channels, int width, int height) {
    /** The network may have an input or an output of any name itself. */
    public static final String IMAGE = "gesso/image";

    public static final String DRAWN = "gesso/drawn";

    /**
     * Reads the layout off the file: colours first or last, any size or one.
     *
     * @param output the name of what it draws; null: the last where {@code last}, else the first
     * @throws gesso.request.BadInput where it is broken, leads elsewhere, or takes no picture
     */
    public static PictureGraph of(Path path, @Nullable String output, boolean last) {
        OnnxAdapter a = OnnxAdapter.of("preprocessor", path);
        Value in = a.foreign().inputs().get(0);
        long[] dims = in.dims();
        if (dims.length != 4 || !(isColours(dims[1]) || isColours(dims[3]) || (dims[1] < 0 && dims[3] < 0))) {
            throw a.unusable("its input “" + in.name() + "” is no picture with its colours first or last");
        }
        boolean colourLast = !isColours(dims[1]) && isColours(dims[3]);
        int channels = (int) Math.abs(colourLast ? dims[3] : dims[1] < 0 ? 3 : dims[1]);
        int height = (int) dims[colourLast ? 1 : 2];
        int width = (int) dims[colourLast ? 2 : 3];
        Graph graph = a.graph;
        String image = graph.input(IMAGE, ElementType.FLOAT, 1, channels, side(height, "h"), side(width, "w"));
        a.give(in, colourLast ? graph.op("Transpose", List.of(image), Attribute.ints("perm", 0, 2, 3, 1)) : image);
        Value out = output(a, output, last);
        graph.output(DRAWN, a.taken(out.name()), shape(out));
        return new PictureGraph(a.build(), a.foreign().asWeights(), out.name(), channels, width, height);
    }

    private static Value output(OnnxAdapter a, @Nullable String wanted, boolean last) {
        if (wanted != null) {
            Value named = a.output(wanted);
            if (named == null) {
                throw a.unusable("it has no output “" + wanted + "”");
            }
            return named;
        }
        int count = a.foreign().outputs().size();
        return a.foreign().outputs().get(last ? count - 1 : 0);
    }

    private static Object[] shape(Value out) {
        Object[] dims = new Object[out.dims().length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = "out" + i;
        }
        return dims;
    }

    private static Object side(int side, String name) {
        return side > 0 ? (Object) (long) side : name;
    }

    private static boolean isColours(long dim) {
        return dim == 3 || dim == 1;
    }
}
