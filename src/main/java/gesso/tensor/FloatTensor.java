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

    /** This + other, value by value. */
    public FloatTensor plus(FloatTensor other) {
        return plus(other, 1);
    }

    /** This + other·factor, rounded after the product and after the sum, as two separate operations round. */
    public FloatTensor plus(FloatTensor other, float factor) {
        float[] b = sameShapeData(other);
        float[] sum = new float[data.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = data[i] + b[i] * factor;
        }
        return new FloatTensor(shape, sum);
    }

    /** This − other, value by value. */
    public FloatTensor minus(FloatTensor other) {
        float[] b = sameShapeData(other);
        float[] difference = new float[data.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = data[i] - b[i];
        }
        return new FloatTensor(shape, difference);
    }

    public FloatTensor times(float factor) {
        float[] product = new float[data.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = data[i] * factor;
        }
        return new FloatTensor(shape, product);
    }

    public FloatTensor dividedBy(float divisor) {
        float[] quotient = new float[data.length];
        for (int i = 0; i < quotient.length; i++) {
            quotient[i] = data[i] / divisor;
        }
        return new FloatTensor(shape, quotient);
    }

    /** The same values (the same array) in another shape of the same size. */
    public FloatTensor reshaped(int... newShape) {
        return of(data, newShape);
    }

    private float[] sameShapeData(FloatTensor other) {
        if (!sameShape(other)) {
            throw new IllegalArgumentException(this + " and " + other + " differ in shape");
        }
        return other.data;
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
