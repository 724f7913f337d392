package gesso.sampling;

/**
 * The logarithm, sine and cosine of the Cephes library in single precision, as torch's vectorised random numbers compute
 * them: the polynomials' products and sums are fused where its compiled code fuses them, or the last bits would differ.
 */
final class CephesFloat {
    private static final float SQRT_HALF = 7.0710677e-1f;
    private static final float[] LOG = {
        7.0376836e-2f,
        -1.151461e-1f,
        1.16769984e-1f,
        -1.2420141e-1f,
        1.4249323e-1f,
        -1.6668057e-1f,
        2.0000714e-1f,
        -2.4999994e-1f,
        3.333333e-1f
    };
    private static final float LN2_HIGH = 6.933594e-1f;
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final float FOUR_OVER_PI = 1.2732395f;
    private static final float[] PI_OVER_4 = {-7.8515625e-1f, -2.4187565e-4f, -3.774895e-8f};
    private static final float[] SIN = {-1.9515296e-4f, 8.332161e-3f, -1.6666655e-1f};
    private static final float[] COS = {2.4433157e-5f, -1.3887316e-3f, 4.1666646e-2f};

    private CephesFloat() {}

    /** The natural logarithm of a positive, normal number. */
    static float log(float value) {
        int bits = Float.floatToRawIntBits(Math.max(value, Float.MIN_NORMAL));
        float e = (bits >>> 23) - 126;
        float mantissa = Float.intBitsToFloat((bits & 0x007FFFFF) | 0x3F000000);
        float x = mantissa - 1;
        if (mantissa < SQRT_HALF) {
            e -= 1;
            x += mantissa;
        }
        float z = x * x;
        float y = polynomial(LOG, x) * x;
        y = Math.fma(y, z, e * LN2_LOW) - z * 0.5f;
        return x + y + e * LN2_HIGH;
    }

    /** The cosine of a number from 0 on. */
    static float cos(float value) {
        int octant = octant(value);
        float r = remainder(value, octant);
        float magnitude = (octant & 2) == 0 ? cosine(r) : sine(r);
        return ((octant - 2) & 4) == 0 ? -magnitude : magnitude;
    }

    /** The sine of a number from 0 on. */
    static float sin(float value) {
        int octant = octant(value);
        float r = remainder(value, octant);
        float magnitude = (octant & 2) == 0 ? sine(r) : cosine(r);
        return (octant & 4) == 0 ? magnitude : -magnitude;
    }

    private static int octant(float value) {
        return ((int) (value * FOUR_OVER_PI) + 1) & ~1;
    }

    private static float remainder(float value, int octant) {
        float r = value;
        for (float part : PI_OVER_4) {
            r = Math.fma((float) octant, part, r);
        }
        return r;
    }

    private static float sine(float r) {
        float z = r * r;
        return Math.fma(polynomial(SIN, z) * z, r, r);
    }

    private static float cosine(float r) {
        float z = r * r;
        return Math.fma(polynomial(COS, z) * z, z, -(z * 0.5f)) + 1;
    }

    private static float polynomial(float[] coefficients, float x) {
        float y = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            y = Math.fma(y, x, coefficients[i]);
        }
        return y;
    }
}
