package gesso.request;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where the noise comes from.
 *
 * @param seed the first picture's seed, or {@link #RANDOM}: drawn when the job starts
 * @param variationSeed likewise; used where the strength is above 0
 * @param variationStrength how far the noise turns towards the variation seed's, 0–1
 * @param resizeFrom the size whose noise is kept, centred in the new one; null: none
 * @param ensd "eta noise seed delta": ancestral noise is drawn from seed + ensd
 */
public record SeedSettings(
        long seed,
        Rng rng,
        long variationSeed,
        double variationStrength,
        @Nullable Size resizeFrom,
        int ensd) {
    /** A seed to be drawn. */
    public static final long RANDOM = -1;

    /** The largest seed that is ever drawn (as A1111 draws them); typed ones may go up to {@link #LARGEST}. */
    private static final long LARGEST_DRAWN = 4_294_967_293L;

    /** Seeds are unsigned 32-bit numbers in torch's generator; A1111 lets larger ones wrap, and they are kept as typed. */
    public static final long LARGEST = (1L << 53) - 1;

    public static final SeedSettings DEFAULT = new SeedSettings(RANDOM, Rng.GPU, RANDOM, 0, null, 0);

    public SeedSettings {
        InvalidRequest.range("seed", "Seed", seed, RANDOM, LARGEST);
        InvalidRequest.range("variation-seed", "Variation seed", variationSeed, RANDOM, LARGEST);
        InvalidRequest.range("variation-strength", "Variation strength", variationStrength, 0, 1);
    }

    public SeedSettings withSeed(long value) {
        return new SeedSettings(value, rng, variationSeed, variationStrength, resizeFrom, ensd);
    }

    public SeedSettings withRng(Rng value) {
        return new SeedSettings(seed, value, variationSeed, variationStrength, resizeFrom, ensd);
    }

    public SeedSettings withVariation(long newSeed, double strength) {
        return new SeedSettings(seed, rng, newSeed, strength, resizeFrom, ensd);
    }

    /** With every {@link #RANDOM} seed drawn, as a job needs them. */
    public SeedSettings drawn(RandomGenerator random) {
        return new SeedSettings(
                seed == RANDOM ? random.nextLong(LARGEST_DRAWN + 1) : seed,
                rng,
                variationSeed == RANDOM ? random.nextLong(LARGEST_DRAWN + 1) : variationSeed,
                variationStrength,
                resizeFrom,
                ensd);
    }

    /** The seeds of picture {@code index}: the seed counts up, or, with a variation, the variation seed does. */
    public SeedSettings forPicture(int index) {
        return variationStrength > 0 ? withVariation(variationSeed + index, variationStrength) : withSeed(seed + index);
    }
}
