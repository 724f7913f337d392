package gesso.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import gesso.graph.OnnxModel;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.DeviceTrouble;
import gesso.request.NotEnoughMemory;
import gesso.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One graph, ready to run on one device, with its weights. It belongs to the thread that made it. */
final class Session implements AutoCloseable {
    private final Thread owner = Thread.currentThread();
    private final String name;
    private final Device device;
    private final SuppliedWeights weights;
    private final OrtSession session;
    private final byte[] graph;
    private final Map<String, long[]> shapes = new HashMap<>();
    private boolean shrink;
    private long nanosInRuns;

    private Session(String name, Device device, SuppliedWeights weights, OrtSession session, byte[] graph) {
        this.name = name;
        this.device = device;
        this.weights = weights;
        this.session = session;
        this.graph = graph;
    }

    static Session open(OnnxModel model, Device device, SharedWeights shared) throws OrtException {
        SuppliedWeights weights = SuppliedWeights.of(model, shared);
        try (SessionOptions options = Ort.sessionOptions(model, device)) {
            weights.addTo(options);
            OrtSession session = model.isFile()
                    ? Ort.environment().createSession(model.file().toString(), options)
                    : Ort.environment().createSession(model.bytes(), options);
            return new Session(model.name(), device, weights, session, model.bytes());
        } catch (OrtException | RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    /**
     * Whether {@link #become} can be done. On the CPU ONNX Runtime reads supplied weights where they lie, with every run; other
     * devices have copies.
     */
    boolean canBecome(OnnxModel model) {
        return device == Device.CPU
                && !model.isFile()
                && Arrays.equals(graph, model.bytes())
                && weights.canBecome(model.supplied());
    }

    /**
     * From now on it is another model with the same graph, whose weights are written over its own: another strength of a network.
     * Where that fails half-way the session is of no use any more.
     */
    void become(OnnxModel model) {
        checkThread();
        weights.become(model.supplied());
    }

    Device device() {
        return device;
    }

    /** Its first input's name: the only one of many networks that Gesso did not build. */
    String firstInput() {
        return session.getInputNames().iterator().next();
    }

    String firstOutput() {
        return session.getOutputNames().iterator().next();
    }

    boolean hasInput(String input) {
        return session.getInputNames().contains(input);
    }

    boolean hasOutput(String output) {
        return session.getOutputNames().contains(output);
    }

    /** How many axes an input has. */
    int inputRank(String input) {
        return inputShape(input).length;
    }

    /** The size of one axis of an input; −1 where it may vary. */
    int inputDim(String input, int axis) {
        return (int) inputShape(input)[axis];
    }

    private long[] inputShape(String input) {
        try {
            var info = Objects.requireNonNull(session.getInputInfo().get(input)).getInfo();
            return info instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** After the next run the memory for intermediate values goes back to the system. */
    void shrinkAfterNextRun() {
        shrink = true;
    }

    /**
     * Runs the graph.
     *
     * @param inputs by name: a {@link FloatTensor}, a {@code long[]} (a vector), a {@code long[][]} (a matrix), or another
     *     session's output as it is, an {@link OnnxTensor}
     * @param outputs the names of the results, in the order they are wanted
     * @param token stops the run within a few milliseconds
     * @throws Cancelled where the token was cancelled
     * @throws DeviceTrouble where the device could not do it
     */
    List<FloatTensor> run(Map<String, ?> inputs, List<String> outputs, CancelToken token) {
        try (OrtSession.Result result = hold(inputs, outputs, token)) {
            List<FloatTensor> values = new ArrayList<>();
            result.forEach(e -> values.add(tensorOf((OnnxTensor) e.getValue())));
            return values;
        }
    }

    /** The same, whose results stay where ONNX Runtime put them until they are closed. */
    OrtSession.Result hold(Map<String, ?> inputs, List<String> outputs, CancelToken token) {
        checkThread();
        token.check();
        Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
        List<OnnxTensorLike> own = new ArrayList<>();
        try (RunOptions options = Ort.runOptions(device, shrink)) {
            shrink = false;
            for (Map.Entry<String, ?> input : inputs.entrySet()) {
                checkShape(input.getKey(), input.getValue());
                if (input.getValue() instanceof OnnxTensor held) {
                    tensors.put(input.getKey(), held);
                } else {
                    OnnxTensor made = tensor(input.getValue());
                    own.add(made);
                    tensors.put(input.getKey(), made);
                }
            }
            // The registration closes before the options do, and no listener runs after that.
            try (CancelToken.Registration stop = token.onCancel(() -> terminate(options))) {
                return run(tensors, outputs, options);
            }
        } catch (OrtException e) {
            token.check();
            throw failure(e);
        } finally {
            own.forEach(OnnxTensorLike::close);
        }
    }

    /** A foreign network may be made for one size alone. */
    private void checkShape(String input, Object value) throws OrtException {
        if (shapes.isEmpty()) {
            for (NodeInfo node : session.getInputInfo().values()) {
                shapes.put(node.getName(), ((TensorInfo) node.getInfo()).getShape());
            }
        }
        long[] declared = shapes.getOrDefault(input, new long[0]);
        int[] given = value instanceof FloatTensor t
                ? t.shape()
                : value instanceof long[][] rows ? new int[] {rows.length, rows[0].length} : new int[0];
        for (int i = 0; i < Math.min(declared.length, given.length); i++) {
            if (declared[i] > 0 && declared[i] != given[i]) {
                throw new BadInput(
                        "The %s takes “%s” of the shape %s alone, and %s is given: choose the size (and the length of the prompt) that it was exported for, or a model without fixed sizes."
                                .formatted(name, input, words(declared), Arrays.toString(given)));
            }
        }
    }

    private static String words(long[] shape) {
        return Arrays.stream(shape)
                .mapToObj(d -> d > 0 ? Long.toString(d) : "any")
                .toList()
                .toString();
    }

    private OrtSession.Result run(Map<String, OnnxTensorLike> inputs, List<String> outputs, RunOptions options)
            throws OrtException {
        long start = System.nanoTime();
        try {
            return session.run(inputs, new LinkedHashSet<>(outputs), options);
        } finally {
            nanosInRuns += System.nanoTime() - start;
        }
    }

    private static void terminate(RunOptions options) {
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OnnxTensor tensor(Object value) throws OrtException {
        var environment = Ort.environment();
        if (value instanceof FloatTensor t) {
            long[] shape = Arrays.stream(t.shape()).asLongStream().toArray();
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(t.data()), shape);
        }
        if (value instanceof long[] vector) {
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(vector), new long[] {vector.length});
        }
        long[][] matrix = (long[][]) value;
        long[] all = Arrays.stream(matrix).flatMapToLong(Arrays::stream).toArray();
        return OnnxTensor.createTensor(
                environment, LongBuffer.wrap(all), new long[] {matrix.length, all.length / matrix.length});
    }

    static FloatTensor tensorOf(OnnxTensor tensor) {
        int[] shape = Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        return FloatTensor.of(tensor.getFloatBuffer().array(), shape);
    }

    private DeviceTrouble failure(OrtException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("allocate memory") || text.contains("out of memory") || text.contains("bad_alloc")) {
            return new NotEnoughMemory(
                    "There is not enough memory to run the " + name
                            + " at this size. Make the picture or the batch smaller.",
                    e);
        }
        return new DeviceTrouble(
                "The " + name + " could not be run on the " + device.label() + ": " + Ort.reason(e) + ".", e);
    }

    double secondsInRuns() {
        return nanosInRuns / 1e9;
    }

    private void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "the " + name + " belongs to " + owner + ", not to " + Thread.currentThread());
        }
    }

    @Override
    public void close() {
        checkThread();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            weights.close();
        }
    }
}
