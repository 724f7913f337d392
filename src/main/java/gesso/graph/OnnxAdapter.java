package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.request.BadInput;
import gesso.weights.OnnxFile;
import gesso.weights.OnnxFile.Value;
import gesso.weights.OnnxTensor;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A foreign network with the inputs and outputs that ours have: types are cast, and what it wants in another form is computed
 * in front of it. Its weights stay in its files, its own operators as they are.
 */
final class OnnxAdapter {
    /** TensorProto.DataType's numbers. */
    private static final int FLOAT = 1;

    private static final Set<Integer> NUMBERS = Set.of(FLOAT, 6, 7, 10, 11, 16);

    final Graph graph;
    private final String network;
    private final OnnxFile foreign;
    private final Path path;
    private final Map<String, Value> waiting = new HashMap<>();

    /** @param network what it is, for messages */
    OnnxAdapter(String network, WeightFile file, Path path) {
        this(network, file, OnnxFile.open(path), path);
    }

    /** One that lies in a file of its own. */
    static OnnxAdapter of(String network, Path path) {
        OnnxFile foreign = OnnxFile.open(path);
        return new OnnxAdapter(network, foreign.asWeights(), foreign, path);
    }

    private OnnxAdapter(String network, WeightFile file, OnnxFile foreign, Path path) {
        this.network = network;
        this.path = path;
        this.foreign = foreign;
        this.graph = new Graph(network, file);
        graph.include(foreign, folder(foreign));
        foreign.inputs().forEach(i -> waiting.put(i.name(), i));
    }

    /** The folder that holds all of its files. */
    private static Path folder(OnnxFile foreign) {
        Path folder = Objects.requireNonNull(foreign.path().getParent());
        for (OnnxTensor tensor : foreign.tensors()) {
            while (!tensor.file().startsWith(folder)) {
                folder = Objects.requireNonNull(folder.getParent());
            }
        }
        return folder;
    }

    OnnxFile foreign() {
        return foreign;
    }

    /** What it is waiting for under that name; null: nothing. */
    @Nullable
    Value wants(String input) {
        return waiting.get(input);
    }

    /** The same, where it cannot be without. */
    Value needs(String input) {
        Value value = waiting.get(input);
        if (value == null) {
            throw unusable("it has no input “" + input + "”, only "
                    + String.join(
                            ", ",
                            foreign.inputs().stream().map(Value::name).limit(5).toList()));
        }
        return value;
    }

    /** Its only input where it has one, else the one of that name. */
    Value only(String input) {
        return foreign.inputs().size() == 1 ? foreign.inputs().get(0) : needs(input);
    }

    /** An input of ours that has the form of one of its own; where that says nothing, {@code dims} do. */
    String input(String name, Value like, Object... dims) {
        if (like.dims().length != dims.length) {
            throw unusable(
                    "its input “" + like.name() + "” has " + like.dims().length + " dimensions, not " + dims.length);
        }
        Object[] shape = new Object[dims.length];
        for (int i = 0; i < dims.length; i++) {
            shape[i] = like.dims()[i] > 0 ? (Object) like.dims()[i] : dims[i];
        }
        return graph.input(name, ElementType.FLOAT, shape);
    }

    /** Gives it a value of ours, cast to its type. */
    void give(Value input, String value) {
        if (!NUMBERS.contains(input.type())) {
            throw unusable("its input “" + input.name() + "” holds no numbers that Gesso has");
        }
        waiting.remove(input.name());
        graph.supply(input.name(), cast(value, input.type()));
    }

    String cast(String value, int type) {
        return graph.op("Cast", List.of(value), Attribute.of("to", (long) type));
    }

    /** One of its outputs, by the first name that it has. */
    @Nullable
    Value output(String... names) {
        for (String name : names) {
            for (Value output : foreign.outputs()) {
                if (output.name().equals(name)) {
                    return output;
                }
            }
        }
        return null;
    }

    /** Its first output. */
    Value firstOutput() {
        return foreign.outputs().get(0);
    }

    /** A value of its own as 32-bit numbers. */
    String taken(String value) {
        return cast(value, FLOAT);
    }

    OnnxModel build() {
        if (!waiting.isEmpty()) {
            throw unusable("it wants an input that Gesso does not give, “"
                    + waiting.keySet().iterator().next() + "”");
        }
        return graph.build(foreign);
    }

    /** The sizes of a dimension that a program has to know; BadInput where neither it nor {@code otherwise} says it. */
    int known(Value input, int axis, int otherwise) {
        long dim = axis < input.dims().length ? input.dims()[axis] : -1;
        if (dim <= 0 && otherwise <= 0) {
            throw unusable("it does not say how wide its input “" + input.name() + "” is");
        }
        return dim > 0 ? (int) dim : otherwise;
    }

    BadInput unusable(String because) {
        return new BadInput("The %s in %s cannot be used: %s. Choose another model, or export this one again."
                .formatted(network, name(path), because));
    }

    private static String name(Path path) {
        int count = path.getNameCount();
        return count > 3 ? path.subpath(count - 3, count).toString() : path.toString();
    }

    static long[] range(long from, int count, long step) {
        long[] all = new long[count];
        Arrays.setAll(all, i -> from + i * step);
        return all;
    }
}
