package gesso.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.tensor.FloatTensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Random numbers against torch, numpy and torchsde, to the bit. */
class NoiseTest {
    private static final Goldens GOLDENS = Goldens.read("noise.txt");

    @Test
    void torchCpuNumbersBelowAtAndAboveSixteenAndOddOnes() {
        Map<String, TorchCpuNormals> generators = new HashMap<>();
        for (String key : GOLDENS.keys("cpu ")) {
            String[] words = key.split(" ", -1);
            // The draws of one seed go on from each other, which proves the kept second value too.
            TorchCpuNormals generator =
                    generators.computeIfAbsent(words[0], seed -> new TorchCpuNormals(Long.parseLong(seed)));
            assertArrayEquals(GOLDENS.floats("cpu " + key), generator.normals(Integer.parseInt(words[1])), key);
        }
    }

    @Test
    void philoxGivesThePublishedNumbersOfSeedZero() {
        double[] published = {
            -0.92466259,
            -0.42534415,
            -2.6438457,
            0.14518388,
            -0.12086647,
            -0.57972564,
            -0.62285122,
            -0.32838709,
            -1.07454231,
            -0.36314407,
            -1.67105067,
            2.26550497
        };
        float[] made = new PhiloxNormals(0).normals(published.length);
        for (int i = 0; i < published.length; i++) {
            assertEquals(published[i], made[i], Math.ulp(made[i]) + 0.5e-8, "value " + i);
        }
    }

    @Test
    void seedSequencesOfNumpy() {
        for (String key : GOLDENS.keys("seeds ")) {
            String[] words = key.split("[ ,]", -1);
            long entropy = Long.parseLong(words[0]);
            SeedSequence sequence = words[1].equals("-")
                    ? new SeedSequence(entropy, 24)
                    : new SeedSequence(entropy, 24, Long.parseLong(words[1]), Long.parseLong(words[2]));
            assertArrayEquals(GOLDENS.longs("seeds " + key), sequence.generate(4), key);
        }
    }

    @Test
    void brownianTreesOfTorchsde() {
        for (String key : GOLDENS.keys("brownian ")) {
            String[] words = key.split(" ", -1);
            float low = Float.parseFloat(words[1]);
            float high = Float.parseFloat(words[2]);
            BrownianTree tree = new BrownianTree(
                    low,
                    high,
                    Long.parseLong(words[0]),
                    seed -> FloatTensor.of(new TorchCpuNormals(seed).normals(60), 1, 4, 3, 5));
            float from = Float.parseFloat(words[3]);
            float to = Float.parseFloat(words[4]);
            float[] w = tree.increment(Math.min(from, to), Math.max(from, to)).data();
            // Only what follows, a division, is left out: torch's own square root is not the same on every processor.
            float first = tree.unitIncrement(from, to).data()[0];
            assertEquals((from < to ? w[0] : -w[0]) / Math.sqrt(Math.abs(to - from)), first, 1e-6 * Math.abs(first));
            assertArrayEquals(GOLDENS.floats("brownian " + key), w, key);
        }
    }

    @Test
    void slerpBetweenColumns() {
        for (String strength : new String[] {"0.0", "0.2", "0.5", "1.0"}) {
            FloatTensor low = FloatTensor.of(GOLDENS.floats("slerp " + strength + " low"), 1, 4, 5, 6);
            FloatTensor high = FloatTensor.of(GOLDENS.floats("slerp " + strength + " high"), 1, 4, 5, 6);
            float[] out = Slerp.between(low, high, Float.parseFloat(strength)).data();
            assertArrayEquals(GOLDENS.floats("slerp " + strength + " out"), out, 2e-6f);
        }
        FloatTensor same = FloatTensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
        assertEquals(2, Slerp.between(same, same, 0.3f).data()[1], 1e-6, "parallel noises are mixed plainly");
    }
}
