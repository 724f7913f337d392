package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.Pixels;
import gesso.request.CancelToken;
import gesso.request.NotEnoughMemory;
import gesso.request.Picture;
import gesso.runtime.Device;
import gesso.runtime.Models;
import gesso.runtime.VaeEncoder;
import gesso.tensor.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VaeTilesTest {
    private final List<String> notices = new ArrayList<>();

    /** A network that looks at each pixel alone gives the same in tiles. */
    @Test
    void tilesLieWhereTheyBelong() {
        FloatTensor latent = noise(1, 4, 97, 150);
        FloatTensor whole = enlarged(latent);
        List<String> sizes = new ArrayList<>();
        VaeTiles tiles = new VaeTiles(true, notices::add);
        FloatTensor made = tiles.decode(latent, part -> {
            sizes.add(part.dim(3) + "x" + part.dim(2));
            return enlarged(part);
        });
        assertArrayEquals(whole.data(), made.data(), 1e-6f);
        assertEquals(List.of("64x64", "64x64", "64x64", "64x64", "64x64", "64x64"), sizes);
        assertEquals(List.of(), notices);
        FloatTensor image = noise(1, 3, 97 * 8, 150 * 8);
        VaeEncoder.Moments moments = tiles.encode(image, VaeTilesTest::corners);
        assertArrayEquals(corners(image).mean().data(), moments.mean().data(), 1e-6f);
        assertArrayEquals(corners(image).logvar().data(), moments.logvar().data(), 1e-6f);
    }

    @Test
    void whatDoesNotFitGoesInTilesAndInSmallerOnes() {
        FloatTensor latent = noise(1, 4, 80, 80);
        VaeTiles tiles = new VaeTiles(false, notices::add);
        int[] tries = {0};
        FloatTensor made = tiles.decode(latent, part -> {
            if (part.dim(3) > 40) {
                tries[0]++;
                throw new NotEnoughMemory("No.", new RuntimeException());
            }
            return enlarged(part);
        });
        assertArrayEquals(enlarged(latent).data(), made.data(), 1e-6f);
        assertEquals(2, tries[0]);
        assertTrue(tiles.areUsed());
        assertEquals(1, notices.size(), notices.toString());
        assertThrows(
                NotEnoughMemory.class,
                () -> tiles.decode(latent, part -> {
                    throw new NotEnoughMemory("No.", new RuntimeException());
                }));
    }

    @Test
    void whatFitsIsSeenWhole() {
        FloatTensor latent = noise(1, 4, 64, 48);
        int[] calls = {0};
        new VaeTiles(true, notices::add).decode(latent, part -> {
            calls[0]++;
            return enlarged(part);
        });
        VaeTiles plain = new VaeTiles(false, notices::add);
        plain.decode(noise(1, 4, 200, 100), part -> {
            calls[0]++;
            return enlarged(part);
        });
        assertEquals(2, calls[0]);
        assertFalse(plain.areUsed());
    }

    /** The starter's VAE: in tiles the picture is the whole one's but for what a tile's normalisation changes. */
    @Test
    void aRealVaeGivesNearlyTheSame() {
        Path starter = Path.of(System.getProperty("gesso.assets")).resolve("models/gesso-starter.safetensors");
        Checkpoint checkpoint = Checkpoint.open(starter, null);
        Models.Listener quiet = new Models.Listener() {
            @Override
            public void loading(String network) {}

            @Override
            public void notice(String sentence) {}
        };
        try (Models models = new Models(Device.CPU, Models.defaultBudget(), quiet)) {
            Decoding whole = new Decoding(models, checkpoint, new CancelToken(), false, notices::add);
            Decoding tiled = new Decoding(models, checkpoint, new CancelToken(), true, notices::add);
            FloatTensor image = Pixels.toTensor(gradient(640, 768));
            FloatTensor latent = whole.encode(image, new VaeNoise(null));
            double size = meanDifference(latent, FloatTensor.zeros(latent.shape()));
            assertTrue(meanDifference(latent, tiled.encode(image, new VaeNoise(null))) < 0.1 * size);
            FloatTensor one = whole.decode(latent);
            FloatTensor other = tiled.decode(latent);
            assertTrue(meanDifference(one, other) < 0.06);
            assertTrue(tiled.isTiled() && !whole.isTiled());
            // At no column, seams included, does the difference jump on the whole more than it does beside it.
            double[] steps = steps(other.minus(one));
            double usual = Arrays.stream(steps).sorted().toArray()[steps.length / 2];
            for (int x = 8; x < steps.length - 8; x++) {
                assertTrue(steps[x] < 4 * usual, "column " + x + ": " + steps[x] + ", usually " + usual);
            }
        }
    }

    /** From each column to the next, on average over the rows and colours. */
    private static double[] steps(FloatTensor difference) {
        int width = difference.dim(3);
        double[] steps = new double[width];
        for (int i = 1; i < difference.size(); i++) {
            steps[i % width] += Math.abs(difference.data()[i] - difference.data()[i - 1]);
        }
        steps[0] = 0;
        return Arrays.stream(steps).map(s -> s * width / difference.size()).toArray();
    }

    private static double meanDifference(FloatTensor a, FloatTensor b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += Math.abs(a.data()[i] - b.data()[i]);
        }
        return sum / a.size();
    }

    private static Picture gradient(int width, int height) {
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int y = i / width;
            int ring = (int) (127 + 120 * Math.sin(Math.hypot(x - 300, y - 200) / 40));
            pixels[i] = 0xFF000000 | ((x * 255 / width) << 16) | (ring << 8) | (y * 255 / height);
        }
        return new Picture(width, height, pixels);
    }

    private static FloatTensor noise(int... shape) {
        Random random = new Random(4);
        FloatTensor out = FloatTensor.zeros(shape);
        for (int i = 0; i < out.size(); i++) {
            out.data()[i] = (float) random.nextGaussian();
        }
        return out;
    }

    /** Three of the channels, every value as 8×8 pixels. */
    private static FloatTensor enlarged(FloatTensor latent) {
        int h = latent.dim(2);
        int w = latent.dim(3);
        FloatTensor out = FloatTensor.zeros(1, 3, 8 * h, 8 * w);
        for (int i = 0; i < out.size(); i++) {
            int c = i / (64 * h * w);
            int y = i / (8 * w) % (8 * h);
            out.data()[i] = latent.data()[(c * h + y / 8) * w + i % (8 * w) / 8];
        }
        return out;
    }

    /** Four channels of every 8×8 pixels' corner: the three colours, and the first once more. */
    private static VaeEncoder.Moments corners(FloatTensor image) {
        int h = image.dim(2) / 8;
        int w = image.dim(3) / 8;
        FloatTensor mean = FloatTensor.zeros(1, 4, h, w);
        FloatTensor logvar = FloatTensor.zeros(1, 4, h, w);
        for (int i = 0; i < mean.size(); i++) {
            int c = i / (h * w) % 3;
            float value = image.data()[(c * 8 * h + i / w % h * 8) * 8 * w + i % w * 8];
            mean.data()[i] = value;
            logvar.data()[i] = -value;
        }
        return new VaeEncoder.Moments(mean, logvar);
    }
}
