package gesso.graph;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A finished graph.
 *
 * @param name what it is, for messages ("UNet")
 * @param bytes the ONNX ModelProto; empty where {@code file} itself is one
 * @param file the weight file or folder it was built from, for messages
 * @param home a file of weights; those that it, and the files beside it, store as F32 are read by ONNX Runtime from there
 * @param supplied the weights that the graph declares but whoever runs it must supply, because the file stores them in
 *     another type
 * @param weightBytes of all its weights together, as float32
 */
public record OnnxModel(String name, byte[] bytes, Path file, Path home, List<Supplied> supplied, long weightBytes) {
    public OnnxModel {
        supplied = List.copyOf(supplied);
    }

    /** A file that is a whole ONNX model, of {@code size} bytes. */
    public static OnnxModel ofFile(String name, Path file, long size) {
        return new OnnxModel(name, new byte[0], file, file, List.of(), size);
    }

    /** Whether {@link #file} is the model, not only its weights. */
    public boolean isFile() {
        return bytes.length == 0;
    }

    /**
     * One weight to supply as a float32 tensor.
     *
     * @param contents equal to another's where all values are
     * @param fill writes all values from the buffer's position on; may be called from any thread
     */
    public record Supplied(String name, long[] shape, Object contents, Consumer<FloatBuffer> fill) {
        public long elements() {
            long n = 1;
            for (long d : shape) {
                n *= d;
            }
            return n;
        }
    }

    /** Bytes that it takes in memory of its own: what lies in a weight file as it is, is mapped. */
    public long ownBytes() {
        return isFile() ? weightBytes : bytes.length + suppliedBytes();
    }

    /** Bytes that the supplied weights take in memory. */
    public long suppliedBytes() {
        return supplied.stream().mapToLong(s -> 4 * s.elements()).sum();
    }
}
