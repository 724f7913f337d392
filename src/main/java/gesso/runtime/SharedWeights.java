package gesso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converted weights, each in memory once for all sessions that hold it: a model with other networks over it converts and keeps
 * only what they change. For the inference thread.
 */
final class SharedWeights {
    private final Map<Object, Shared> byContents = new HashMap<>();
    private long bytes;

    private static final class Shared {
        private final DirectMemory memory;
        private final OnnxTensor tensor;
        private int holders;

        Shared(DirectMemory memory, OnnxTensor tensor) {
            this.memory = memory;
            this.tensor = tensor;
        }
    }

    /** The tensor of these contents, held until it is released as often; null where there is none. */
    @Nullable
    OnnxTensor hold(Object contents) {
        Shared shared = byContents.get(contents);
        if (shared == null) {
            return null;
        }
        shared.holders++;
        return shared.tensor;
    }

    boolean has(Object contents) {
        return byContents.containsKey(contents);
    }

    /** Makes a tensor of memory that is filled; it is held once, and the memory belongs to it from now on. */
    OnnxTensor add(Object contents, DirectMemory memory, long[] shape) throws OrtException {
        OnnxTensor tensor =
                OnnxTensor.createTensor(Ort.environment(), memory.buffer().asFloatBuffer(), shape);
        Shared shared = new Shared(memory, tensor);
        shared.holders = 1;
        byContents.put(contents, shared);
        bytes += memory.buffer().capacity();
        return tensor;
    }

    /** Whether they are held once, so that nobody else sees them change. */
    boolean isHeldOnce(Object contents) {
        Shared shared = byContents.get(contents);
        return shared != null && shared.holders == 1;
    }

    /** Memory that is to hold other contents from now on, of the same shape; whoever held it holds those. */
    FloatBuffer exchange(Object contents, Object others) {
        Shared shared = Objects.requireNonNull(byContents.remove(contents));
        byContents.put(others, shared);
        return shared.memory.buffer().asFloatBuffer();
    }

    /** Frees it with the last who held it. */
    void release(Object contents) {
        Shared shared = Objects.requireNonNull(byContents.get(contents));
        if (--shared.holders == 0) {
            byContents.remove(contents);
            bytes -= shared.memory.buffer().capacity();
            shared.tensor.close();
            shared.memory.close();
        }
    }

    /** Bytes of all. */
    long bytes() {
        return bytes;
    }
}
