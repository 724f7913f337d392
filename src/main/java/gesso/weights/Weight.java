package gesso.weights;

import java.util.Arrays;

/**
 * Where one tensor lies in its file.
 *
 * @param name the key, as the file writes it
 * @param offset of the first byte, from the start of the file
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

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
