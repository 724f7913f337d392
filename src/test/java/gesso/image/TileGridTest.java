package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import gesso.request.Size;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TileGridTest {
    /** Pillow's pictures, see {@code goldens/sdupscale}. */
    @ParameterizedTest
    @CsvFileSource(resources = "/sdupscale/grids.csv")
    void combinedAsPillowDoes(String picture, String side, int overlap, String left, String top, String sha256)
            throws NoSuchAlgorithmException {
        Size tile = Size.parse(side);
        TileGrid grid = new TileGrid(Size.parse(picture), tile, overlap);
        List<Region> tiles = grid.tiles();
        assertEquals(left, starts(tiles.stream().map(Region::x).distinct().toList()));
        assertEquals(top, starts(tiles.stream().map(Region::y).distinct().toList()));
        List<Picture> made = new ArrayList<>();
        for (int i = 0; i < tiles.size(); i++) {
            made.add(byRule(i, tile));
        }
        Picture whole = grid.combine(made);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int p : whole.argb()) {
            digest.update(new byte[] {(byte) (p >> 16), (byte) (p >> 8), (byte) p});
        }
        assertEquals(sha256, HexFormat.of().formatHex(digest.digest()));
    }

    private static String starts(List<Integer> starts) {
        return starts.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static Picture byRule(int index, Size tile) {
        int[] pixels = new int[tile.width() * tile.height()];
        for (int i = 0; i < pixels.length; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                long n = 3L * i + c + 1000003L * (index + 1);
                rgb = (rgb << 8) | (int) (((n * 2654435761L) >>> 13) & 255);
            }
            pixels[i] = 0xFF000000 | rgb;
        }
        return new Picture(tile.width(), tile.height(), pixels);
    }

    /** Tiles that were not changed give the picture back. */
    @Test
    void splitAndCombined() {
        Random random = new Random(5);
        for (int trial = 0; trial < 60; trial++) {
            Size tile = new Size(8 * (1 + random.nextInt(8)), 8 * (1 + random.nextInt(8)));
            Size size = new Size(tile.width() + random.nextInt(100), tile.height() + random.nextInt(100));
            int overlap = random.nextInt(Math.min(tile.width(), tile.height()));
            int[] pixels = random.ints((long) size.width() * size.height())
                    .map(p -> p | 0xFF000000)
                    .toArray();
            Picture picture = new Picture(size.width(), size.height(), pixels);
            TileGrid grid = new TileGrid(size, tile, overlap);
            List<Picture> tiles = grid.tiles().stream()
                    .map(region -> Blending.crop(picture, region))
                    .toList();
            assertEquals(picture, grid.combine(tiles), size + " in " + tile + " by " + overlap);
            assertTrue(tiles.size() < 10_000);
        }
    }

    @Test
    void tilesLargerThanThePictureAreAMistake() {
        assertThrows(IllegalArgumentException.class, () -> new TileGrid(new Size(60, 64), new Size(64, 64), 0));
        assertThrows(IllegalArgumentException.class, () -> new TileGrid(new Size(64, 64), new Size(64, 64), 64));
    }
}
