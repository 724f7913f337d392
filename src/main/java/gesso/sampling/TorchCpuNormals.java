package gesso.sampling;

/**
 * torch.randn of a CPU generator, bit for bit: MT19937, and for 16 values and more the vectorised Box–Muller of
 * aten/native/cpu/DistributionTemplates.h (AVX2's, which all of torch's x86 builds use), below that the serial one in double
 * precision, which keeps its second value for the next call.
 */
public final class TorchCpuNormals implements NormalGenerator {
    private static final int BLOCK = 16;
    private static final int HALF = BLOCK / 2;
    private static final float TWO_PI = (float) (2 * Math.PI);

    private final MersenneTwister random;
    private double kept;
    private boolean hasKept;

    /**
     * A generator just seeded.
     *
     * @param seed its low 32 bits count, as in torch.manual_seed
     */
    public TorchCpuNormals(long seed) {
        random = new MersenneTwister((int) seed);
    }

    @Override
    public float[] normals(int n) {
        float[] values = new float[n];
        if (n < BLOCK) {
            for (int i = 0; i < n; i++) {
                values[i] = (float) serial();
            }
            return values;
        }
        fill(values, 0, n);
        for (int i = 0; i + BLOCK <= n; i += BLOCK) {
            transform(values, i);
        }
        if (n % BLOCK != 0) {
            // The last 16 are drawn again, over what the whole blocks left there.
            fill(values, n - BLOCK, n);
            transform(values, n - BLOCK);
        }
        return values;
    }

    private void fill(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = random.nextInt() & 0xFFFFFF;
            values[i] *= 0x1p-24f;
        }
    }

    private static void transform(float[] values, int at) {
        for (int j = at; j < at + HALF; j++) {
            float radius = Float32.sqrt(-2 * CephesFloat.log(1 - values[j]));
            float theta = TWO_PI * values[j + HALF];
            values[j] = radius * CephesFloat.cos(theta);
            values[j + HALF] = radius * CephesFloat.sin(theta);
        }
    }

    private double serial() {
        if (hasKept) {
            hasKept = false;
            return kept;
        }
        double u1 = uniform53();
        double u2 = uniform53();
        double radius = Math.sqrt(-2 * Math.log1p(-u2));
        kept = radius * Math.sin(2 * Math.PI * u1);
        hasKept = true;
        return radius * Math.cos(2 * Math.PI * u1);
    }

    private double uniform53() {
        long high = random.nextInt() & 0xFFFFFFFFL;
        long low = random.nextInt() & 0xFFFFFFFFL;
        return (((high << 32) | low) & ((1L << 53) - 1)) * 0x1p-53;
    }
}
