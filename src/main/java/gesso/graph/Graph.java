package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.request.BadInput;
import gesso.weights.DType;
import gesso.weights.OnnxFile;
import gesso.weights.OnnxTensor;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds one ONNX graph over one weight file. A value is its name: operators take names and return the name of their result.
 *
 * <p>Weights come into the graph in one of three ways. Those of one dimension (norms, biases) are copied into it, for ONNX
 * Runtime's optimizers read them. Larger ones that the file stores as F32 stay in the file: the graph says where
 * ({@code external_data}), and ONNX Runtime maps them. Larger ones of another type are declared with an impossible place and
 * supplied as tensors when the session is made; an optimizer that reads such a weight fails instead of computing from the
 * wrong bytes, which it did in silence when the place was a possible one.
 */
final class Graph {
    private static final long NOWHERE = 1L << 50;
    private static final int MAX_INLINE = 1 << 20;

    private final String name;
    private final WeightFile file;
    private final NavigableSet<String> keys;
    private final Proto graph = new Proto();
    private final Set<String> declared = new HashSet<>();
    private final List<OnnxModel.Supplied> supplied = new ArrayList<>();
    /** A file of weights, in the folder that ONNX Runtime reads from: the first that a tensor is asked of. */
    private Path home;

    /** Stands before the names of values, where the graph holds a foreign network with names of its own. */
    private String namesBegin = "";

    private boolean homeFound;
    private long weightBytes;
    private int values;

    Graph(String name, WeightFile file) {
        this.name = name;
        this.file = file;
        this.home = file.path();
        this.keys = new TreeSet<>(file.weights().keySet());
        graph.text(2, name);
    }

    // ---- values ----

    /** A graph input; a dimension is a number, or a name where it may vary. */
    String input(String input, ElementType type, Object... dims) {
        graph.message(11, Onnx.valueInfo(input, type, dims));
        return input;
    }

    /** Names a value as an output of the graph. */
    void output(String output, String value, Object... dims) {
        graph.message(
                1, new Proto().text(1, value).text(2, output).text(3, output).text(4, "Identity"));
        graph.message(12, Onnx.valueInfo(output, ElementType.FLOAT, dims));
    }

    /** An operator with one result; {@code com.microsoft.X} names ONNX Runtime's own operator X. */
    String op(String type, List<String> inputs, Attribute... attributes) {
        return op(type, inputs, 1, attributes).get(0);
    }

    List<String> op(String type, List<String> inputs, int results, Attribute... attributes) {
        int dot = type.lastIndexOf('.');
        String operator = type.substring(dot + 1);
        Proto node = new Proto();
        inputs.forEach(i -> node.text(1, i));
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            outputs.add(namesBegin + operator + "_" + values++);
        }
        outputs.forEach(o -> node.text(2, o));
        node.text(3, outputs.get(0)).text(4, operator);
        for (Attribute a : attributes) {
            node.message(5, a.proto());
        }
        if (dot > 0) {
            node.text(7, type.substring(0, dot));
        }
        graph.message(1, node);
        return outputs;
    }

    /** A constant vector of whole numbers, for shapes and axes. */
    String ints(long... numbers) {
        StringBuilder key = new StringBuilder("ints");
        for (long n : numbers) {
            key.append('_').append(n);
        }
        ByteBuffer raw = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(numbers);
        return constant(key.toString(), ElementType.INT64, raw.array(), numbers.length);
    }

    /** A constant tensor of floats under a name of its own. */
    String floats(String constant, float[] numbers, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(numbers);
        return constant(constant, ElementType.FLOAT, raw.array(), shape);
    }

    private String constant(String name, ElementType type, byte[] raw, long... shape) {
        String constant = namesBegin + name;
        if (declared.add(constant)) {
            graph.message(5, Onnx.tensor(constant, type, raw, shape));
        }
        return constant;
    }

    // ---- a foreign network ----

    /** Gives a value that a foreign network is waiting for. */
    void supply(String name, String value) {
        graph.message(
                1,
                new Proto()
                        .text(1, value)
                        .text(2, name)
                        .text(3, namesBegin + name)
                        .text(4, "Identity"));
    }

    /** Takes a foreign network in: its operators and weights, under their own names. What goes into it is still to be supplied. */
    void include(OnnxFile foreign, Path folder) {
        namesBegin = "gesso/";
        home = folder.resolve("model.onnx");
        homeFound = true;
        foreign.nodes().forEach(node -> graph.bytes(1, node));
        for (OnnxTensor tensor : foreign.tensors()) {
            byte[] inline = tensor.inline();
            if (inline == null) {
                String location = folder.relativize(tensor.file()).toString().replace('\\', '/');
                graph.message(5, Onnx.external(tensor, location));
                weightBytes += tensor.length();
            } else {
                graph.bytes(5, inline);
                weightBytes += inline.length;
            }
        }
    }

    /** With the operator sets that a foreign network was written for. */
    OnnxModel build(OnnxFile foreign) {
        return new OnnxModel(name, Onnx.model(graph, foreign).toBytes(), file.path(), home, supplied, weightBytes);
    }

    // ---- weights ----

    boolean has(String key) {
        return file.weights().containsKey(key);
    }

    /** Whether any tensor's name begins so. */
    boolean hasUnder(String prefix) {
        String next = keys.ceiling(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** The first tensor whose name lies under the prefix and ends so; null where there is none. */
    @Nullable
    String first(String prefix, String ending) {
        return keys.tailSet(prefix).stream()
                .takeWhile(k -> k.startsWith(prefix))
                .filter(k -> k.endsWith(ending))
                .findFirst()
                .orElse(null);
    }

    /** How many of prefix0., prefix1., … there are. */
    int count(String prefix) {
        int n = 0;
        while (hasUnder(prefix + n + ".")) {
            n++;
        }
        return n;
    }

    /** The shape of a tensor. @throws BadInput where the file lacks it */
    long[] shape(String key) {
        return find(key).shape();
    }

    /** The size of one axis; BadInput where the tensor has another number of axes. */
    int dim(String key, int rank, int axis) {
        long[] shape = shape(key);
        if (shape.length != rank) {
            throw unusable("its tensor " + key + " has " + shape.length + " dimensions, not " + rank);
        }
        return (int) Math.min(shape[axis], Integer.MAX_VALUE);
    }

    /** The tensor of the file as a value, declared once. */
    String weight(String key) {
        Weight weight = find(key);
        if (weight.shape().length <= 1) {
            return inline(key, weight.shape());
        }
        if (4 * weight.elements() > Integer.MAX_VALUE) {
            throw unusable("its tensor " + key + " is far too large");
        }
        if (declared.add(key)) {
            if (!homeFound) {
                home = file.path(weight);
                homeFound = true;
            }
            boolean inFile = weight.type() == DType.F32 && weight.isInPlace() && isInFolder(file.path(weight));
            Path location = inFile ? file.path(weight) : home;
            long offset = inFile ? weight.offset() : NOWHERE;
            graph.message(
                    5,
                    Onnx.external(
                            key,
                            String.valueOf(location.getFileName()),
                            offset,
                            4 * weight.elements(),
                            weight.shape()));
            weightBytes += 4 * weight.elements();
            if (!inFile) {
                supplied.add(new OnnxModel.Supplied(
                        key, weight.shape(), contents(key, weight), out -> file.read(weight, out)));
            }
        }
        return key;
    }

    /** A tensor's file as it is now, its name, and what is laid over it. */
    private Object contents(String key, Weight weight) {
        Path from = file.path(weight);
        return List.of(from, from.toFile().length(), from.toFile().lastModified(), key, file.variant(key));
    }

    /** ONNX Runtime reads from one folder alone. */
    private boolean isInFolder(Path path) {
        return Objects.equals(path.getParent(), home.getParent());
    }

    /** A small tensor of the file, copied into the graph and seen with another shape of as many elements. */
    String inline(String key, long... shape) {
        Weight weight = find(key);
        long wanted = LongStream.of(shape).reduce(1, (a, b) -> a * b);
        if (weight.elements() != wanted) {
            throw unusable("its tensor " + key + " has " + weight.elements() + " values, not " + wanted);
        }
        String value = shape.length == weight.shape().length ? key : key + ":" + shape.length;
        if (!declared.contains(value)) {
            float[] numbers = numbers(key);
            weightBytes += 4L * numbers.length;
            floats(value, numbers, shape);
        }
        return value;
    }

    /** The values of a small tensor. @throws BadInput where it is no small one */
    float[] numbers(String key) {
        Weight weight = find(key);
        if (weight.elements() > MAX_INLINE) {
            throw unusable("its tensor " + key + " is far too large");
        }
        float[] numbers = new float[(int) weight.elements()];
        file.read(weight, FloatBuffer.wrap(numbers));
        return numbers;
    }

    private Weight find(String key) {
        Weight weight = file.weights().get(key);
        if (weight == null) {
            throw unusable("it has no tensor " + key);
        }
        if (!weight.type().isFloat()) {
            throw unusable("its tensor " + key + " holds " + weight.type() + ", not floating-point numbers");
        }
        return weight;
    }

    /** What to throw where the file does not hold this network as it should. */
    BadInput unusable(String because) {
        return new BadInput("The " + name + " in " + file.path().getFileName() + " cannot be used: " + because
                + ". Choose another file, or download this one again.");
    }

    OnnxModel build() {
        return new OnnxModel(name, Onnx.model(graph).toBytes(), file.path(), home, supplied, weightBytes);
    }
}
