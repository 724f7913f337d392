package gesso.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gesso.request.Rng;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a seed, a variation, a resize and a batch mean. */
class ImageNoiseTest {
    private static final SeedSettings SEED_9 = SeedSettings.DEFAULT.withSeed(9);

    private static float[] first(SeedSettings seeds, int index, int batch) {
        return ImageNoise.of(seeds, index, batch, 4, 3, 5).next().data();
    }

    @ParameterizedTest
    @EnumSource(names = {"CPU", "GPU", "NV"})
    void eachPictureOfABatchHasItsOwnSeed(Rng rng) {
        assertArrayEquals(
                first(SEED_9.withRng(rng).withSeed(11), 0, 1), first(SEED_9.withRng(rng), 2, 4), "seed + index");
        assertFalse(Arrays.equals(first(SEED_9.withRng(rng), 0, 4), first(SEED_9.withRng(rng), 1, 4)));
    }

    @Test
    void theSourcesAreTorchsAndCudas() {
        assertArrayEquals(new TorchCpuNormals(9).normals(60), first(SEED_9.withRng(Rng.CPU), 0, 1));
        assertArrayEquals(new PhiloxNormals(9).normals(60), first(SEED_9.withRng(Rng.NV), 0, 1));
        assertArrayEquals(new PhiloxNormals(9).normals(60), first(SEED_9.withRng(Rng.GPU), 0, 1));
    }

    @Test
    void comfyDrawsTheWholeBatchAtOnce() {
        float[] whole = new TorchCpuNormals(9).normals(180);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(Arrays.copyOfRange(whole, 60 * i, 60 * (i + 1)), first(SEED_9.withRng(Rng.COMFY), i, 3));
        }
    }

    @Test
    void laterNoiseGoesOnFromTheFirst() {
        TorchCpuNormals torch = new TorchCpuNormals(9);
        ImageNoise noise = ImageNoise.of(SEED_9.withRng(Rng.CPU), 0, 1, 4, 3, 5);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(torch.normals(60), noise.next().data());
        }
    }

    @Test
    void ensdSeedsLaterNoiseAnew() {
        SeedSettings ensd = new SeedSettings(9, Rng.CPU, 0, 0, null, 31337);
        ImageNoise noise = ImageNoise.of(ensd, 0, 1, 4, 3, 5);
        assertArrayEquals(new TorchCpuNormals(9).normals(60), noise.next().data(), "the first is the seed's");
        assertArrayEquals(
                new TorchCpuNormals(9 + 31337).normals(60), noise.next().data());
    }

    @Test
    void withAVariationTheVariationSeedCountsUp() {
        SeedSettings varied = SEED_9.withRng(Rng.CPU).withVariation(100, 0.3);
        float[] expected = Slerp.between(
                        FloatTensor.of(new TorchCpuNormals(9).normals(60), 1, 4, 3, 5),
                        FloatTensor.of(new TorchCpuNormals(102).normals(60), 1, 4, 3, 5),
                        0.3f)
                .data();
        assertArrayEquals(expected, first(varied, 2, 4));
        ImageNoise noise = ImageNoise.of(varied, 2, 4, 4, 3, 5);
        noise.next();
        TorchCpuNormals torch = new TorchCpuNormals(9);
        torch.normals(60);
        assertArrayEquals(torch.normals(60), noise.next().data(), "later noise is the seed's alone");
    }

    /** Old and new size in latent values; the part of the new that is the old's, and where in the old it begins. */
    @ParameterizedTest
    @CsvSource({
        "4,4, 6,8, 1,2, 4,4, 0,0",
        "7,4, 4,4, 0,0, 3,4, 2,0",
        "5,6, 6,5, 0,0, 5,4, 0,1",
        "12,12, 4,4, 0,0, 4,4, 4,4"
    })
    void seedResizeCentresTheOldNoise(
            int oldH, int oldW, int h, int w, int toY, int toX, int partH, int partW, int fromY, int fromX) {
        SeedSettings seeds = new SeedSettings(9, Rng.CPU, 0, 0, new Size(oldW * 8 + 3, oldH * 8), 0);
        float[] made = ImageNoise.of(seeds, 0, 1, 4, h, w).next().data();
        float[] old = new TorchCpuNormals(9).normals(4 * oldH * oldW);
        float[] own = new TorchCpuNormals(9).normals(4 * h * w);
        for (int c = 0; c < 4; c++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    boolean within = y >= toY && y < toY + partH && x >= toX && x < toX + partW;
                    float expected = within
                            ? old[(c * oldH + y - toY + fromY) * oldW + x - toX + fromX]
                            : own[(c * h + y) * w + x];
                    assertEquals(expected, made[(c * h + y) * w + x], c + " " + y + " " + x);
                }
            }
        }
    }

    @Test
    void brownianNoiseIsEachPicturesOwnAndOfDeviationOne() {
        StepNoise noise =
                ImageNoise.of(SEED_9.withRng(Rng.CPU), 2, 4, 4, 30, 30).brownian(0.03f, 14.6f);
        float[] w = noise.between(5, 4).data();
        double squares = 0;
        for (float v : w) {
            squares += (double) v * v;
        }
        assertEquals(1, Math.sqrt(squares / w.length), 0.05);
        StepNoise alone = ImageNoise.of(SEED_9.withSeed(11).withRng(Rng.CPU), 0, 1, 4, 30, 30)
                .brownian(0.03f, 14.6f);
        alone.between(14.6f, 3);
        assertArrayEquals(w, alone.between(5, 4).data(), "whatever was asked before");
    }
}
