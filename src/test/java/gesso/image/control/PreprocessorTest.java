package gesso.image.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.Mask;
import gesso.image.PictureFiles;
import gesso.request.BadInput;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against OpenCV and numpy (goldens/image/make_control.py). */
class PreprocessorTest {
    private static final Path FILES = Path.of("src/test/resources/image/control");
    private static final Picture SOURCE = picture("source");

    @ParameterizedTest
    @CsvSource({"100,200", "30,60", "1,255", "200,100"})
    void cannyIsOpenCvsToTheBit(int low, int high) {
        Mask golden = Mask.brightness(picture("canny-" + low + "-" + high));
        assertTrue(golden.bounds() != null);
        assertEquals(golden, Canny.edges(SOURCE, low, high));
        assertEquals(golden.toPicture(), Preprocessor.CANNY.apply(SOURCE, 84, low, high));
    }

    @ParameterizedTest
    @ValueSource(ints = {42, 61, 84, 128})
    void picturesAreResizedAsOpenCvDoesWithinOneLevel(int resolution) {
        Picture golden = picture("resized-" + resolution);
        Picture resized = ControlSize.resized(SOURCE, resolution);
        assertEquals(golden.size(), resized.size());
        assertTrue(largestDifference(golden, resized) <= 1);
    }

    @ParameterizedTest
    @CsvSource({"photo, 1", "edges, 0", "few, 0"})
    void mapsAreFittedAsTheExtensionDoes(String name, int tolerance) {
        Picture map = picture("map-" + name);
        for (String size : new String[] {"40x40", "120x64"}) {
            check(name, "just", ResizeMode.JUST_RESIZE, map, size, tolerance);
            check(name, "crop", ResizeMode.CROP_AND_RESIZE, map, size, tolerance);
            check(name, "fill", ResizeMode.RESIZE_AND_FILL, map, size, tolerance);
        }
    }

    @Test
    void theGradientIsOpenCvsWithinOneLevel() {
        Picture drawn = Preprocessor.GRADIENT.apply(SOURCE, 84, 0, 0);
        assertTrue(largestDifference(picture("gradient"), drawn) <= 1);
        int[] grey = new int[64 * 64];
        Arrays.setAll(grey, i -> i % 2 == 0 ? 0xFF808080 : 0xFF818181);
        for (int p :
                Preprocessor.GRADIENT.apply(new Picture(64, 64, grey), 64, 0, 0).argb()) {
            assertTrue((p & 255) < 16, "noise is no edge");
        }
    }

    @Test
    void whatIsToBeFilledIsHidden() {
        Mask mask = Mask.filled(SOURCE.width(), SOURCE.height(), 0);
        assertEquals(SOURCE, Preprocessor.hidden(SOURCE, mask));
        mask = Mask.filled(SOURCE.width(), SOURCE.height(), 255);
        assertTrue(Arrays.stream(Preprocessor.hidden(SOURCE, mask).argb()).allMatch(p -> p == 0xFF000000));
        assertEquals(Preprocessor.INPAINT, Preprocessor.parse("inpaint"));
        assertEquals(SOURCE, Preprocessor.INPAINT.apply(SOURCE, 512, 0, 0));
    }

    private static void check(String name, String golden, ResizeMode mode, Picture map, String size, int tolerance) {
        Picture expected = picture("map-%s-%s-%s".formatted(name, golden, size));
        Picture fitted = ControlFit.fit(mode, map, Size.parse(size));
        assertEquals(expected.size(), fitted.size());
        int wrong = 0;
        for (int i = 0; i < expected.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int difference = Math.abs((expected.argb()[i] >> shift & 255) - (fitted.argb()[i] >> shift & 255));
                wrong += difference > tolerance ? 1 : 0;
            }
        }
        // A grey that lies on Otsu's threshold may fall to either side.
        assertTrue(wrong <= expected.argb().length / 1000, wrong + " in " + name + " " + golden + " " + size);
    }

    @Test
    void linesAreTheReferences() {
        assertTrue(largestDifference(picture("lineart"), Preprocessor.LINEART.apply(SOURCE, 84, 0, 0)) <= 1);
        Picture scribble = Preprocessor.SCRIBBLE.apply(SOURCE, 84, 32, 0);
        Picture golden = picture("scribble");
        int wrong = 0;
        for (int i = 0; i < golden.argb().length; i++) {
            wrong += golden.argb()[i] == scribble.argb()[i] ? 0 : 1;
        }
        assertTrue(wrong <= 2, wrong + " pixels");
    }

    @Test
    void aPlainPictureHasNoLines() {
        int[] grey = new int[40 * 30];
        Arrays.fill(grey, 0xFF808080);
        for (Preprocessor p : new Preprocessor[] {Preprocessor.CANNY, Preprocessor.LINEART, Preprocessor.SCRIBBLE}) {
            Picture lines = p.apply(new Picture(40, 30, grey), 30, p.defaultFirst(), p.defaultSecond());
            assertTrue(Mask.brightness(lines).bounds() == null, p.label());
        }
    }

    @Test
    void simpleOnesDoWhatTheySay() {
        Picture two = new Picture(2, 1, new int[] {0xFF10F080, 0x00123456});
        assertArrayEquals(
                new int[] {0xFFEF0F7F, 0xFF000000},
                Preprocessor.INVERT.apply(two, 512, 0, 0).argb());
        assertArrayEquals(
                new int[] {0xFF00FFFF, 0xFFFFFFFF},
                Preprocessor.THRESHOLD.apply(two, 1, 127, 0).argb());
        assertArrayEquals(
                new int[] {0xFF10F080, 0xFFFFFFFF},
                Preprocessor.TILE.apply(two, 512, 1, 0).argb());
        assertEquals(
                new Size(55, 42), Preprocessor.TILE.apply(SOURCE, 512, 2, 0).size());
        float[] hint = Preprocessor.inpaint(two, new Mask(2, 1, new byte[] {0, (byte) 255}));
        assertArrayEquals(new float[] {16 / 255f, -1, 240 / 255f, -1, 128 / 255f, -1}, hint);
    }

    @Test
    void everySizeIsDrawn() {
        for (Size size : new Size[] {new Size(1, 1), new Size(1, 9), new Size(17, 1)}) {
            Picture small = new Picture(size.width(), size.height(), new int[size.width() * size.height()]);
            for (Preprocessor p : Preprocessor.values()) {
                assertTrue(
                        p.apply(small, 64, p.defaultFirst(), p.defaultSecond()).width() > 0);
            }
        }
    }

    @Test
    void aHairIsRefusedBeforeItTakesAllMemory() {
        Picture hair = new Picture(1, 8192, new int[8192]);
        BadInput e = assertThrows(BadInput.class, () -> Preprocessor.CANNY.apply(hair, 512, 100, 200));
        assertTrue(e.sentence().contains("1x8192"), e.sentence());
    }

    @Test
    void pixelPerfectNeedsNoMoreResizing() {
        assertEquals(
                512, ControlSize.pixelPerfect(new Size(1024, 1024), new Size(512, 512), ResizeMode.CROP_AND_RESIZE));
        assertEquals(768, ControlSize.pixelPerfect(new Size(800, 400), new Size(512, 768), ResizeMode.CROP_AND_RESIZE));
        assertEquals(256, ControlSize.pixelPerfect(new Size(800, 400), new Size(512, 768), ResizeMode.RESIZE_AND_FILL));
    }

    private static Picture picture(String name) {
        return PictureFiles.read(FILES.resolve(name + ".png"));
    }

    private static int largestDifference(Picture a, Picture b) {
        int most = 0;
        for (int i = 0; i < a.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                most = Math.max(most, Math.abs((a.argb()[i] >> shift & 255) - (b.argb()[i] >> shift & 255)));
            }
        }
        return most;
    }
}
