package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlotGridTest {
    private static Picture filled(int width, int height, int rgb) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xff000000 | rgb);
        return new Picture(width, height, pixels);
    }

    @Test
    void everyPictureIsWholeAndInItsPlace() {
        Picture red = filled(64, 64, 0xff0000);
        Picture blue = filled(64, 64, 0x0000ff);
        Picture small = filled(32, 48, 0x00ff00);
        Picture grid = new PlotGrid("", List.of("a", "b"), List.of("1", "2"))
                .draw(List.of(Optional.of(red), Optional.of(blue), Optional.empty(), Optional.of(small)));
        assertEquals(64 * 64, count(grid, 0xff0000));
        assertEquals(64 * 64, count(grid, 0x0000ff));
        assertEquals(32 * 48, count(grid, 0x00ff00));
        int redX = column(grid, 0xff0000);
        int blueX = column(grid, 0x0000ff);
        assertEquals(72, blueX - redX);
        // The smaller one stands in the middle of its cell.
        assertEquals(blueX + 16, column(grid, 0x00ff00));
    }

    @Test
    void labelsAreDrawnAndTakeNoPictureAway() {
        Picture white = filled(64, 64, 0xffffff);
        Picture bare = new PlotGrid("", List.of(""), List.of("")).draw(List.of(Optional.of(white)));
        assertEquals(bare.argb().length, count(bare, 0xffffff));
        Picture labelled = new PlotGrid("Seed: 1", List.of("Steps: 20, and many more words than fit"), List.of("蓝色背景"))
                .draw(List.of(Optional.of(white)));
        assertTrue(labelled.width() > bare.width() && labelled.height() > bare.height());
        assertTrue(count(labelled, 0xffffff) < labelled.argb().length);
    }

    private static long count(Picture picture, int rgb) {
        return Arrays.stream(picture.argb()).filter(p -> (p & 0xffffff) == rgb).count();
    }

    private static int column(Picture picture, int rgb) {
        for (int x = 0; x < picture.width(); x++) {
            for (int y = 0; y < picture.height(); y++) {
                if ((picture.at(x, y) & 0xffffff) == rgb) {
                    return x;
                }
            }
        }
        return -1;
    }
}
