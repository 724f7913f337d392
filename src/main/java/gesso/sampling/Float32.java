package gesso.sampling;

/**
 * Arithmetic on single floats that rounds after every operation, as torch's does on float32 scalars. Noise levels are
 * computed this way because the Brownian noise of the SDE samplers depends on their last bits.
 */
final class Float32 {
    private Float32() {}

    static float exp(float x) {
        return (float) Math.exp(x);
    }

    static float log(float x) {
        return (float) Math.log(x);
    }

    static float expm1(float x) {
        return (float) Math.expm1(x);
    }

    static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    static float pow(float x, float exponent) {
        return (float) Math.pow(x, exponent);
    }

    /** {@code n} values from start to end, both included, counted from the nearer end as torch.linspace does. */
    static float[] linspace(float start, float end, int n) {
        float[] values = new float[n];
        if (n == 1) {
            values[0] = start;
            return values;
        }
        float step = n == 0 ? 0 : (end - start) / (n - 1);
        for (int i = 0; i < n; i++) {
            values[i] = i < n / 2 ? start + step * i : end - step * (n - 1 - i);
        }
        return values;
    }
}
