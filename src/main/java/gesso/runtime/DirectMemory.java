package gesso.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Memory outside the heap that is given back when its model leaves, not when the collector happens to look: a model's weights
 * are gigabytes, and the buffers that hold them are a few bytes of heap, no reason for it to hurry.
 */
final class DirectMemory {
    private static final Logger LOG = Logger.getLogger(DirectMemory.class.getName());

    private DirectMemory() {}

    static ByteBuffer allocate(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    /** Frees a buffer from {@link #allocate}. Nobody may touch it, or a view of it, afterwards. */
    static void free(ByteBuffer buffer) {
        try {
            // By reflection: the compiler warns of every mention of this class, and the warning has no name to silence
            // it by.
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            var instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            unsafe.getMethod("invokeCleaner", ByteBuffer.class).invoke(instance.get(null), buffer);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "The collector will have to free the weights", e);
        }
    }
}
