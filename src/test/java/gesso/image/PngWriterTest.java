package gesso.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PngWriterTest {
    @Test
    void whatIsWrittenIsReadBackToTheBit() {
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            Picture picture = random(random, 1 + random.nextInt(40), 1 + random.nextInt(40), i % 2 == 0);
            assertEquals(picture, PictureFiles.read(PngWriter.encode(picture, List.of()), "x"));
        }
    }

    @Test
    void opaquePicturesHaveThreeChannels() {
        assertEquals(2, PngWriter.encode(random(new Random(1), 5, 4, true), List.of())[25]);
        assertEquals(6, PngWriter.encode(random(new Random(1), 5, 4, false), List.of())[25]);
    }

    @Test
    void latinTextsAreWrittenAsTextAndOthersAsInternationalText() {
        Picture picture = random(new Random(2), 3, 3, true);
        byte[] png = PngWriter.encode(
                picture, List.of(new TextChunk("parameters", "café\nSteps: 20"), new TextChunk("title", "苹果 🍎")));
        String latin = new String(png, ISO_8859_1);
        assertTrue(latin.contains("tEXtparameters\0café\nSteps: 20"), latin);
        assertTrue(new String(png, UTF_8).contains("iTXttitle\0\0\0\0\0苹果 🍎"));
        assertTrue(latin.indexOf("tEXt") < latin.indexOf("iTXt") && latin.indexOf("iTXt") < latin.indexOf("IDAT"));
        assertEquals(picture, PictureFiles.read(png, "x"));
    }

    @Test
    void aSmoothPictureBecomesSmall() {
        int[] argb = new int[256 * 256];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | (i % 256) << 16 | (i / 256) << 8 | (i % 256 + i / 256) / 2;
        }
        int length = PngWriter.encode(new Picture(256, 256, argb), List.of()).length;
        assertTrue(length < 256 * 256 * 3 / 20, length + " bytes");
    }

    @Test
    void aKeywordIsCheckedAndNulLeftOut() {
        assertThrows(IllegalArgumentException.class, () -> new TextChunk("", "x"));
        assertThrows(IllegalArgumentException.class, () -> new TextChunk("k".repeat(80), "x"));
        assertThrows(IllegalArgumentException.class, () -> new TextChunk("键", "x"));
        byte[] png = PngWriter.encode(random(new Random(2), 3, 3, true), List.of(new TextChunk("k", "a\0b")));
        assertTrue(new String(png, ISO_8859_1).contains("tEXtk\0ab"));
    }

    static Picture random(Random random, int width, int height, boolean opaque) {
        int[] argb = random.ints((long) width * height).toArray();
        for (int i = 0; opaque && i < argb.length; i++) {
            argb[i] |= 0xFF000000;
        }
        return new Picture(width, height, argb);
    }
}
