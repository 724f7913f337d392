package gesso.sampling;

/** numpy.random.SeedSequence (O'Neill's seed_seq_fe): well-mixed seeds out of an entropy and a spawn key. */
final class SeedSequence {
    private static final int INIT_A = 0x43b0d7e5;
    private static final int MULT_A = 0x931e8875;
    private static final int INIT_B = 0x8b51f9dd;
    private static final int MULT_B = 0x58f38ded;
    private static final int MIX_LEFT = 0xca01f9dd;
    private static final int MIX_RIGHT = 0x4973f715;
    private static final int SHIFT = 16;

    private final int[] pool;
    private int hash = INIT_A;

    /**
     * Mixes the pool.
     *
     * @param entropy not negative
     * @param spawnKey not negative; none for the root
     */
    SeedSequence(long entropy, int poolSize, long... spawnKey) {
        int[] words = assemble(entropy, poolSize, spawnKey);
        pool = new int[poolSize];
        for (int i = 0; i < poolSize; i++) {
            pool[i] = hashed(i < words.length ? words[i] : 0);
        }
        for (int from = 0; from < poolSize; from++) {
            for (int to = 0; to < poolSize; to++) {
                if (from != to) {
                    pool[to] = mixed(pool[to], hashed(pool[from]));
                }
            }
        }
        for (int from = poolSize; from < words.length; from++) {
            for (int to = 0; to < poolSize; to++) {
                pool[to] = mixed(pool[to], hashed(words[from]));
            }
        }
    }

    /** {@code n} unsigned 32-bit numbers. */
    long[] generate(int n) {
        long[] state = new long[n];
        int h = INIT_B;
        for (int i = 0; i < n; i++) {
            int value = pool[i % pool.length] ^ h;
            h *= MULT_B;
            value *= h;
            value ^= value >>> SHIFT;
            state[i] = value & 0xFFFFFFFFL;
        }
        return state;
    }

    /** The entropy, padded to the pool's size if a spawn key follows it. */
    private static int[] assemble(long entropy, int poolSize, long[] spawnKey) {
        int[] words = new int[Math.max(poolSize, 2) + 2 * spawnKey.length];
        int count = append(words, 0, entropy);
        if (spawnKey.length > 0) {
            count = Math.max(count, poolSize);
        }
        for (long key : spawnKey) {
            count = append(words, count, key);
        }
        return java.util.Arrays.copyOf(words, count);
    }

    private static int append(int[] words, int count, long value) {
        words[count] = (int) value;
        if (value >>> 32 == 0) {
            return count + 1;
        }
        words[count + 1] = (int) (value >>> 32);
        return count + 2;
    }

    private int hashed(int value) {
        int v = value ^ hash;
        hash *= MULT_A;
        v *= hash;
        return v ^ (v >>> SHIFT);
    }

    private static int mixed(int x, int y) {
        int result = MIX_LEFT * x - MIX_RIGHT * y;
        return result ^ (result >>> SHIFT);
    }
}
