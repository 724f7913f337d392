package gesso.weights;

import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A foreign network in an ONNX file (onnx.proto), taken apart without loading its weights: they stay where they lie, in the
 * file or in one beside it. Nothing that such a file can say makes anybody read outside its own folder.
 *
 * @param path the file, with links resolved
 * @param irVersion of the format
 * @param opsets OperatorSetIdProto messages
 * @param functions FunctionProto messages
 * @param nodes NodeProto messages, in their order
 * @param results the names of what its operators give
 * @param tensors its weights and constants
 * @param inputs without those that have a weight's name
 */
public record OnnxFile(
        Path path,
        long irVersion,
        List<byte[]> opsets,
        List<byte[]> functions,
        List<byte[]> nodes,
        List<String> results,
        List<OnnxTensor> tensors,
        List<Value> inputs,
        List<Value> outputs) {

    /**
     * An input or output.
     *
     * @param type TensorProto.DataType's number
     * @param dims −1 where it may vary
     */
    public record Value(String name, int type, long[] dims) {}

    /** The first of its results whose name ends so; null where none does. */
    public @Nullable String result(String ending) {
        return results.stream().filter(r -> r.endsWith(ending)).findFirst().orElse(null);
    }

    /** The file where one of weights is wanted: it has no tensors that anybody could change. */
    public WeightFile asWeights() {
        return new WeightFile() {
            @Override
            public Path path() {
                return path;
            }

            @Override
            public Map<String, Weight> weights() {
                return Map.of();
            }

            @Override
            public Map<String, String> metadata() {
                return Map.of();
            }

            @Override
            public void read(Weight weight, FloatBuffer out) {
                throw new IllegalArgumentException(weight.toString());
            }
        };
    }

    /**
     * Reads the structure.
     *
     * @throws BadInput where it is no ONNX file, or broken, or one that leads elsewhere
     */
    public static OnnxFile open(Path path) {
        FileBytes file = new FileBytes(path);
        try (FileBytes.Reading reading = file.reading()) {
            Taken taken = new Taken(new OnnxPlaces(path, file));
            taken.model(new OnnxReader(reading, 0, file.size()));
            return taken.done(file.path());
        } catch (Malformed e) {
            throw Faults.broken(path, e.fault());
        }
    }

    /** The file while it is read; field numbers are onnx.proto's. */
    private static final class Taken {
        /** Beyond any real graph; weights do not count. */
        private static final long MOST_BYTES = 128L << 20;

        private final OnnxPlaces places;
        private final List<byte[]> opsets = new ArrayList<>();
        private final List<byte[]> functions = new ArrayList<>();
        private final List<byte[]> nodes = new ArrayList<>();
        private final List<String> results = new ArrayList<>();
        private final List<OnnxTensor> tensors = new ArrayList<>();
        private final List<Value> inputs = new ArrayList<>();
        private final List<Value> outputs = new ArrayList<>();
        private long irVersion;
        private long left = MOST_BYTES;
        private boolean hasGraph;

        Taken(OnnxPlaces places) {
            this.places = places;
        }

        void model(OnnxReader in) throws Malformed {
            while (in.next()) {
                switch (in.field) {
                    case 1 -> irVersion = in.value;
                    case 7 -> {
                        if (hasGraph) {
                            throw new Malformed("it holds two networks");
                        }
                        hasGraph = true;
                        graph(in.message());
                    }
                    case 8 -> opsets.add(copy(in));
                    case 25 -> {
                        OnnxInside.function(in.message());
                        functions.add(copy(in));
                    }
                    default -> {}
                }
            }
            if (!hasGraph || irVersion < 3 || irVersion > 1000) {
                throw new Malformed("it is no network of ONNX");
            }
        }

        private void graph(OnnxReader in) throws Malformed {
            while (in.next()) {
                switch (in.field) {
                    case 1 -> {
                        OnnxInside.node(in.message(), 0);
                        OnnxInside.results(in.message(), results);
                        nodes.add(copy(in));
                    }
                    case 5 -> {
                        OnnxTensor tensor = OnnxTensor.read(in, places);
                        left -= tensor.inline() == null ? 100 : tensor.inline().length;
                        checkSize();
                        tensors.add(tensor);
                    }
                    case 11 -> inputs.add(value(in.message()));
                    case 12 -> outputs.add(value(in.message()));
                    case 15 -> throw new Malformed("it holds sparse weights, which no model for pictures does");
                    default -> {}
                }
            }
        }

        private byte[] copy(OnnxReader in) throws Malformed {
            left -= in.value + 16;
            checkSize();
            return in.bytes(MOST_BYTES);
        }

        private void checkSize() throws Malformed {
            if (left < 0) {
                throw new Malformed("its structure alone is larger than " + (MOST_BYTES >> 20) + " MB");
            }
        }

        /** ValueInfoProto → TypeProto → Tensor → TensorShapeProto → Dimension. */
        private Value value(OnnxReader in) throws Malformed {
            String name = "";
            int type = 0;
            List<Long> dims = new ArrayList<>();
            while (in.next()) {
                if (in.field == 1) {
                    name = in.text();
                } else if (in.field == 2) {
                    for (OnnxReader kind = in.message(); kind.next(); ) {
                        if (kind.field == 1) {
                            type = tensorType(kind.message(), dims);
                        }
                    }
                }
            }
            left -= 100;
            checkSize();
            return new Value(
                    name, type, dims.stream().mapToLong(Long::longValue).toArray());
        }

        private static int tensorType(OnnxReader tensor, List<Long> dims) throws Malformed {
            int type = 0;
            while (tensor.next()) {
                if (tensor.field == 1) {
                    type = (int) tensor.value;
                } else if (tensor.field == 2) {
                    for (OnnxReader shape = tensor.message(); shape.next(); ) {
                        if (shape.field == 1) {
                            dims.add(dim(shape.message()));
                        }
                        if (dims.size() > 16) {
                            throw new Malformed("a value in it has more than 16 dimensions");
                        }
                    }
                }
            }
            return type;
        }

        private static long dim(OnnxReader in) throws Malformed {
            long dim = -1;
            while (in.next()) {
                if (in.field == 1) {
                    dim = in.value <= 0 || in.value > Integer.MAX_VALUE ? -1 : in.value;
                }
            }
            return dim;
        }

        OnnxFile done(Path path) throws Malformed {
            places.checkOverlaps(tensors);
            Map<String, OnnxTensor> named = new HashMap<>();
            tensors.forEach(t -> named.put(t.name(), t));
            inputs.removeIf(i -> named.containsKey(i.name()));
            if (nodes.isEmpty() || inputs.isEmpty() || outputs.isEmpty()) {
                throw new Malformed("it is no network: nothing goes in, or nothing comes out");
            }
            return new OnnxFile(path, irVersion, opsets, functions, nodes, results, tensors, inputs, outputs);
        }
    }
}
