package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import gesso.request.Size;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutpaintingTest {
    /** Canvas, the picture's place on it, and what stays of it: by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            512x512 | 128,128,128,128 | 8  | 768x768 | 128,128,512,512 | 144,144,480,480
            512x512 | 128,0,0,0       | 8  | 640x512 | 128,0,512,512   | 144,0,496,512
            512x512 | 0,64,0,0        | 8  | 576x512 | 0,0,512,512     | 0,0,496,512
            512x512 | 0,0,0,8         | 0  | 512x520 | 0,0,512,512     | 0,0,512,512
            500x509 | 0,0,10,0        | 4  | 504x520 | 0,11,500,509    | 0,19,492,501
            100x100 | 10,20,0,0       | 8  | 136x104 | 12,0,100,100    | 28,0,68,84
            1x1     | 8,8,8,8         | 64 | 24x24   | 11,11,1,1       | 11,11,1,1
            24x64   | 256,256,0,0     | 64 | 536x64  | 256,0,24,64     | 262,0,12,64
            """)
    void geometry(String picture, String sides, int blur, String canvas, String source, String kept) {
        int[] by = numbers(sides);
        Outpainting out = Outpainting.of(Size.parse(picture), by[0], by[1], by[2], by[3], blur);
        assertEquals(Size.parse(canvas), out.canvas());
        assertEquals(region(source), out.source());
        assertEquals(region(kept), out.kept());
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private static Region region(String text) {
        int[] n = numbers(text);
        return new Region(n[0], n[1], n[2], n[3]);
    }

    @Test
    void everyCanvasHoldsThePictureAndWhatStays() {
        Random random = new Random(8);
        for (int trial = 0; trial < 2000; trial++) {
            Size picture = new Size(1 + random.nextInt(8192), 1 + random.nextInt(8192));
            int[] by = random.ints(4, 0, 257)
                    .map(n -> random.nextBoolean() ? n : 0)
                    .toArray();
            Outpainting out = Outpainting.of(picture, by[0], by[1], by[2], by[3], random.nextInt(65));
            Region all = new Region(0, 0, out.canvas().width(), out.canvas().height());
            assertTrue(all.contains(out.source()) && out.source().contains(out.kept()));
            assertEquals(0, out.canvas().width() % 8 + out.canvas().height() % 8);
            assertEquals(picture, new Size(out.source().width(), out.source().height()));
            int wide = out.canvas().width() - picture.width();
            assertTrue(wide >= by[0] + by[1] && wide < by[0] + by[1] + 8);
            assertTrue(out.source().x() >= by[0]);
            assertTrue(wide - out.source().x() >= by[1]);
        }
    }

    @Test
    void theNewPartIsFilledFromItsSurroundings() {
        int[] pixels = new int[40 * 40];
        Arrays.setAll(pixels, i -> i % 40 < 20 ? 0xFFC02010 : 0xFF1020C0);
        Picture picture = new Picture(40, 40, pixels);
        Outpainting out = Outpainting.of(picture.size(), 16, 16, 0, 0, 2);
        Picture canvas = out.extend(picture);
        for (int i = 0; i < canvas.argb().length; i++) {
            int x = i % 72;
            int p = canvas.argb()[i];
            if (x >= 16 && x < 56) {
                assertEquals(picture.at(x - 16, i / 72), p);
            } else {
                // Nearer to the colour of its own side than to the other's.
                boolean red = (p >> 16 & 255) > (p & 255);
                assertEquals(x < 16, red, x + "," + i / 72);
                assertEquals(0xFF, p >>> 24);
            }
            assertEquals(x >= 20 && x < 52 ? 0 : 255, out.mask().at(i));
        }
    }

    @Test
    void transparencyIsWhiteAndTheRestToTheBit() {
        Random random = new Random(2);
        int[] pixels = random.ints(33 * 21).map(p -> p | 0xFF000000).toArray();
        Picture picture = new Picture(33, 21, pixels);
        Outpainting out = Outpainting.of(picture.size(), 8, 0, 9, 0, 1);
        assertEquals(picture, Blending.crop(out.extend(picture), out.source()));
        pixels[0] = 0x00123456;
        Picture hole = out.extend(new Picture(33, 21, pixels));
        assertEquals(0xFFFFFFFF, hole.at(out.source().x(), out.source().y()));
        assertNotEquals(0xFF000000, hole.at(0, 0));
    }
}
