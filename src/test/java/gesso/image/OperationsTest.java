package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import gesso.request.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integer arithmetic, to the bit as Pillow and OpenCV do it (goldens/image/make_operations.py). */
class OperationsTest {
    private static final Goldens GOLDENS = Goldens.of("operations");

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void picturesAreResizedAsPillowDoes(Resampling filter) {
        for (String name : new String[] {"rgb", "rgba"}) {
            for (int[] size : new int[][] {{90, 17}, {11, 70}}) {
                String golden = "%s-%s-%dx%d".formatted(name, filter, size[0], size[1]);
                assertEquals(0, difference(golden, filter.resize(picture(name), size[0], size[1])), golden);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void masksAreResizedAsPillowDoes(Resampling filter) {
        for (int[] size : new int[][] {{90, 17}, {11, 70}}) {
            String golden = "l-%s-%dx%d".formatted(filter, size[0], size[1]);
            assertEquals(mask(golden), filter.resize(mask("l"), size[0], size[1]), golden);
        }
    }

    @Test
    void aBoxWithoutExtentRepeatsItsEdge() {
        Picture rgb = picture("rgb");
        Picture row = Resampling.BICUBIC.resize(rgb, 41, 9, new Resampling.Box(0, 37, 41, 37));
        assertEquals(0, difference("rgb-last-row-41x9", row));
        Picture column = Resampling.BICUBIC.resize(rgb, 9, 37, new Resampling.Box(0, 0, 0, 37));
        assertEquals(0, difference("rgb-first-column-9x37", column));
    }

    @Test
    void aPictureOfTheRightSizeIsItself() {
        Picture rgb = picture("rgb");
        assertSame(rgb, Resampling.LANCZOS.resize(rgb, rgb.width(), rgb.height()));
    }

    @Test
    void brightnessIsPillowsLuma() {
        assertEquals(mask("rgb-luma"), Mask.brightness(picture("rgb")));
    }

    @Test
    void transparentPicturesAreFlattened() {
        assertEquals(0, difference("big-flat", Blending.flatten(picture("big"), 0xFFFFFF)));
    }

    @Test
    void maskedPixelsAreHidden() {
        assertEquals(0, difference("big-hidden", Blending.hidden(Blending.opaque(picture("big")), mask("mask"))));
    }

    @Test
    void picturesAreLaidOverOneAnother() {
        assertEquals(0, difference("big-over-other", Blending.over(picture("big"), picture("other"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "4", "4.5", "16", "64", "256"})
    void theGaussianIsPillows(String radius) {
        Picture in = picture("rgba");
        int[] out = new BoxGaussian(Float.parseFloat(radius)).blur(in.argb(), in.width(), in.height());
        assertEquals(0, difference("rgba-gauss-" + radius, new Picture(in.width(), in.height(), out)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "6", "8", "9", "12", "20", "33", "64"})
    void theMasksEdgeIsOpenCvs(int radius) {
        assertEquals(mask("painted-blur-" + radius), MaskBlur.blur(mask("painted"), radius));
    }

    @Test
    void aBlurOfNothingIsTheMask() {
        Mask painted = mask("painted");
        assertSame(painted, MaskBlur.blur(painted, 0));
        for (int radius = 1; radius <= 64; radius++) {
            assertEquals(Mask.filled(1, 3, 255), MaskBlur.blur(Mask.filled(1, 3, 255), radius));
        }
    }

    private static int difference(String golden, Picture actual) {
        return PictureFilesTest.largestDifference(picture(golden), actual);
    }

    private static Picture picture(String name) {
        return GOLDENS.picture(name);
    }

    private static Mask mask(String name) {
        return GOLDENS.mask(name);
    }
}
