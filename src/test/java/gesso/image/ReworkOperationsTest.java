package gesso.image;

import static gesso.image.PictureFilesTest.largestDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Size;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the libraries that A1111 calls (goldens/image/make_rework.py). */
class ReworkOperationsTest {
    private static final Goldens GOLDENS = Goldens.of("rework");

    @ParameterizedTest
    @CsvSource({
        "just, 64x64",
        "just, 40x88",
        "just, 96x24",
        "crop, 64x64",
        "crop, 40x88",
        "crop, 96x24",
        "fill, 64x64",
        "fill, 40x88",
        "fill, 96x24"
    })
    void theResizeModesAreA1111s(String mode, String size) {
        Picture fitted = Fitting.fit(mode(mode), GOLDENS.picture("rgb"), Size.parse(size));
        assertEquals(0, largestDifference(GOLDENS.picture("fit-%s-%s".formatted(mode, size)), fitted));
    }

    @Test
    void theFillIsA1111s() {
        Mask mask = MaskBlur.blur(GOLDENS.mask("mask-1").cut(), 4);
        assertEquals(0, largestDifference(GOLDENS.picture("fill"), MaskedFill.fill(GOLDENS.picture("rgb"), mask)));
    }

    @Test
    void coloursAreCorrectedToTheBit() {
        Picture picture = GOLDENS.picture("corrected-picture");
        Picture corrected = new ColorCorrection(GOLDENS.picture("corrected-target")).apply(picture);
        assertEquals(0, largestDifference(GOLDENS.picture("corrected"), corrected));
    }

    @Test
    void labIsOpenCvsToTheBit() {
        CRC32 to = new CRC32();
        CRC32 back = new CRC32();
        for (int i = 0; i < 86 * 86 * 86; i++) {
            int value = (i / 86 / 86 * 3) << 16 | (i / 86 % 86 * 3) << 8 | (i % 86 * 3);
            update(to, Lab.fromRgb(value));
            update(back, Lab.toRgb(value));
        }
        assertEquals(GOLDENS.text("lab.txt"), to.getValue() + " " + back.getValue() + "\n");
    }

    private static void update(CRC32 crc, int value) {
        crc.update(value >> 16);
        crc.update(value >> 8);
        crc.update(value);
    }

    static ResizeMode mode(String name) {
        return switch (name) {
            case "just" -> ResizeMode.JUST_RESIZE;
            case "crop" -> ResizeMode.CROP_AND_RESIZE;
            case "fill" -> ResizeMode.RESIZE_AND_FILL;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
