package gesso.tensor;

import java.util.Arrays;

/**
 * A dense float tensor in row-major order. {@code shape} and {@code data} are the tensor's own: whoever gets one may read
 * them, and only whoever made it may write to them.
 */
public final class FloatTensor {
    private final int[] shape;
    private final float[] data;

    private FloatTensor(int[] shape, float[] data) {
        this.shape = shape;
        this.data = data;
    }

    public static FloatTensor of(float[] data, int... shape) {
        if (data.length != size(shape)) {
            throw new IllegalArgumentException(data.length + " values for " + Arrays.toString(shape));
        }
        return new FloatTensor(shape.clone(), data);
    }

    public static FloatTensor zeros(int... shape) {
        return new FloatTensor(shape.clone(), new float[size(shape)]);
    }

    public FloatTensor copy() {
        return new FloatTensor(shape, data.clone());
    }

    public float[] data() {
        return data;
    }

    public int size() {
        return data.length;
    }

    public int rank() {
        return shape.length;
    }

    public int dim(int axis) {
        return shape[axis];
    }

    public int[] shape() {
        return shape.clone();
    }

    public boolean sameShape(FloatTensor other) {
        return Arrays.equals(shape, other.shape);
    }

    /** Whether every value is a number: neither NaN nor infinite. */
    public boolean isFinite() {
        for (float v : data) {
            if (!Float.isFinite(v)) {
                return false;
            }
        }
        return true;
    }

    private static int size(int[] shape) {
        long size = 1;
        for (int d : shape) {
            size *= d;
        }
        return Math.toIntExact(size);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
