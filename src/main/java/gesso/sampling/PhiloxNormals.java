package gesso.sampling;

/**
 * torch.randn of a CUDA generator: Philox4x32-10 (Salmon et al. 2011) and the sine half of Box–Muller, in double
 * precision as A1111's "NV" source computes it, so that a picture made on an NVIDIA card can be made again anywhere.
 */
public final class PhiloxNormals implements NormalGenerator {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private static final double TWO_POW_MINUS_32 = 0x1p-32;

    private final int keyLow;
    private final int keyHigh;
    private int offset;

    public PhiloxNormals(long seed) {
        keyLow = (int) seed;
        keyHigh = (int) (seed >>> 32);
    }

    @Override
    public float[] normals(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = normal(i);
        }
        offset++;
        return values;
    }

    private float normal(int index) {
        int c0 = offset;
        int c1 = 0;
        int c2 = index;
        int c3 = 0;
        int k0 = keyLow;
        int k1 = keyHigh;
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = (c0 & 0xFFFFFFFFL) * MULTIPLIER_0;
            long p1 = (c2 & 0xFFFFFFFFL) * MULTIPLIER_1;
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return boxMuller(c0 & 0xFFFFFFFFL, c1 & 0xFFFFFFFFL);
    }

    private static float boxMuller(long x, long y) {
        double u = (x + 0.5) * TWO_POW_MINUS_32;
        double v = (y + 0.5) * TWO_POW_MINUS_32;
        return (float) (Math.sqrt(-2 * Math.log(u)) * Math.sin(2 * Math.PI * v));
    }
}
