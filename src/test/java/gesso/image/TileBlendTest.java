package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TileBlendTest {
    @Test
    void tilesOfWhatIsThereGiveThePictureBack() {
        Random random = new Random(1);
        for (int round = 0; round < 60; round++) {
            Picture picture = noise(random, 1 + random.nextInt(90), 1 + random.nextInt(90));
            int overlap = random.nextInt(8);
            int side = 2 * overlap + 1 + random.nextInt(40);
            int scale = 1 + random.nextInt(3);
            TileBlend tiles = new TileBlend(picture.size(), side, overlap, scale);
            int[] made = {0};
            Picture back = tiles.make((index, region) -> {
                assertEquals(made[0]++, index);
                assertTrue(region.width() <= side && region.height() <= side);
                return enlarged(picture, region, scale);
            });
            assertEquals(tiles.count(), made[0]);
            Size size = new Size(picture.width() * scale, picture.height() * scale);
            assertEquals(Resampling.NEAREST.resize(picture, size.width(), size.height()), back);
        }
    }

    @Test
    void oneTileFadesIntoTheNext() {
        TileBlend tiles = new TileBlend(new Size(40, 1), 24, 8, 1);
        assertEquals(2, tiles.count());
        Picture made = tiles.make((index, region) -> {
            float[] grey = new float[3 * region.width()];
            java.util.Arrays.fill(grey, index);
            return FloatTensor.of(grey, 1, 3, 1, region.width());
        });
        int before = 0;
        for (int x = 0; x < 40; x++) {
            int level = made.argb()[x] & 255;
            // Each tile alone outside the middle half of the overlap, which lies at 16–24.
            assertEquals(x < 18 ? 0 : x >= 22 ? 255 : level, level);
            assertTrue(level >= before);
            before = level;
        }
        assertTrue((made.argb()[19] & 255) > 64 && (made.argb()[20] & 255) < 191);
    }

    private static FloatTensor enlarged(Picture picture, Region region, int scale) {
        Picture part = Blending.crop(picture, region);
        Picture large = Resampling.NEAREST.resize(part, part.width() * scale, part.height() * scale);
        return Enlarging.toTensor(large, new Region(0, 0, large.width(), large.height()), 1);
    }

    private static Picture noise(Random random, int width, int height) {
        int[] pixels =
                random.ints((long) width * height).map(p -> p | 0xFF000000).toArray();
        return new Picture(width, height, pixels);
    }
}
