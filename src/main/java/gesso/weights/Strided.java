package gesso.weights;

import gesso.weights.Pickled.Tensor;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A tensor whose elements lie in another order in the file (a transposed or cut view).
 *
 * @param start of the storage in the file, in bytes
 * @param span how many values of the storage, from {@code first} on, the tensor's elements lie among
 */
record Strided(DType type, long start, long first, long span, long[] shape, long[] strides) {

    /** The view, or null where it reaches beyond the storage's {@code count} values, or uses one of them more than once. */
    static @Nullable Strided of(Tensor tensor, long count, long start) {
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        if (shape.length != strides.length || tensor.offset() < 0) {
            return null;
        }
        long elements = 1;
        long last = 0;
        boolean empty = false;
        for (long d : shape) {
            empty |= d == 0;
        }
        for (int i = 0; i < shape.length; i++) {
            long d = shape[i];
            if (d < 0 || (!empty && (elements > count / d || strides[i] < 0))) {
                return null;
            }
            elements *= empty ? 1 : d;
            if (d > 1 && !empty) {
                if (strides[i] > (count - last) / (d - 1)) {
                    return null;
                }
                last += strides[i] * (d - 1);
            }
        }
        long span = empty ? 0 : last + 1;
        return tensor.offset() > count - span
                ? null
                : new Strided(tensor.type(), start, tensor.offset(), span, shape, strides);
    }

    long elements() {
        long n = 1;
        for (long d : shape) {
            n *= d;
        }
        return n;
    }

    /** Whether the elements stand one behind the other, in the order of rows. */
    boolean isContiguous() {
        long step = 1;
        for (int i = shape.length - 1; i >= 0 && span > 0; i--) {
            if (shape[i] > 1 && strides[i] != step) {
                return false;
            }
            step *= shape[i];
        }
        return true;
    }

    /** Reads the values that it lies among, then picks its elements in the order of rows. */
    void read(FileBytes file, FloatBuffer out) {
        if (out.remaining() < elements()) {
            throw new IllegalArgumentException(elements() + " values do not fit in " + out.remaining());
        }
        long bytes = span * type.bytes();
        Weight all = new Weight("", type, new long[] {span}, start + first * type.bytes(), bytes);
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(span));
        Values.read(file, all, values);
        pick(values.array(), 0, 0, out);
    }

    private void pick(float[] values, int axis, int at, FloatBuffer out) {
        if (axis == shape.length) {
            out.put(values[at]);
            return;
        }
        for (int i = 0; i < shape[axis]; i++) {
            pick(values, axis + 1, at + i * (int) strides[axis], out);
        }
    }
}
