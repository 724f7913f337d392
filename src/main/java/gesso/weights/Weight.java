package gesso.weights;

import java.util.Arrays;

/**
 * Where one tensor lies in its file.
 *
 * @param name the key, as the file writes it
 * @param offset of the first byte, from the start of the file; −1 where its values do not lie there row by row (a transposed view),
 *     so that only {@link WeightFile#read} gives them
 * @param length in bytes
 */
public record Weight(String name, DType type, long[] shape, long offset, long length) {
    /** How many elements it has; 1 for a scalar. */
    public long elements() {
        long n = 1;
        for (long d : shape) {
            n *= d;
        }
        return n;
    }

    /** Whether the bytes at {@link #offset} are the tensor itself. */
    public boolean isInPlace() {
        return offset >= 0;
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
