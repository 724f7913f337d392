package gesso.runtime;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap that is given back when its model leaves, not when the collector happens to look: a model's weights
 * are gigabytes, and the buffers that hold them are a few bytes of heap, no reason for it to hurry.
 *
 * <p>Java 17 has no public way to free a direct buffer, and Java 22's {@code Arena} is not known to code for 17: what there is,
 * is found by name.
 */
final class DirectMemory implements AutoCloseable {
    private static final Way WAY = way();

    private final ByteBuffer buffer;
    private final Release release;

    private DirectMemory(ByteBuffer buffer, Release release) {
        this.buffer = buffer;
        this.release = release;
    }

    /** So many bytes, all 0. @throws OutOfMemoryError where there are not so many */
    static DirectMemory allocate(long bytes) {
        try {
            return WAY.allocate(bytes);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        }
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Nobody may touch the buffer, or a view of it, afterwards. */
    @Override
    public void close() {
        try {
            release.run();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Way way() {
        try {
            return arenas();
        } catch (ReflectiveOperationException olderThan22) {
            return cleaners();
        }
    }

    private static Way arenas() throws ReflectiveOperationException {
        Class<?> arena = Class.forName("java.lang.foreign.Arena");
        Method open = arena.getMethod("ofShared");
        Method allocate = arena.getMethod("allocate", long.class, long.class);
        Method close = arena.getMethod("close");
        Method asBuffer = Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer");
        return bytes -> {
            Object one = open.invoke(null);
            ByteBuffer buffer = (ByteBuffer) asBuffer.invoke(allocate.invoke(one, bytes, 64L));
            return new DirectMemory(buffer.order(ByteOrder.nativeOrder()), () -> close.invoke(one));
        };
    }

    private static Way cleaners() {
        return bytes -> {
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
            return new DirectMemory(buffer, () -> {
                Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                var instance = unsafe.getDeclaredField("theUnsafe");
                instance.setAccessible(true);
                unsafe.getMethod("invokeCleaner", ByteBuffer.class).invoke(instance.get(null), buffer);
            });
        };
    }

    private interface Way {
        DirectMemory allocate(long bytes) throws ReflectiveOperationException;
    }

    private interface Release {
        void run() throws ReflectiveOperationException;
    }
}
