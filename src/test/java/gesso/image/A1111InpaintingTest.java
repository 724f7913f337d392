package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A1111's own inpainted pictures, without any network: pasted over black and over white, a plan shows which of the result's
 * pixels are the source's and within what bounds the mixed ones lie. A1111's pictures must be so, to the bit.
 */
class A1111InpaintingTest {
    private static final Size OUTPUT = new Size(128, 128);

    @ParameterizedTest
    @CsvSource({
        "starter/inpaint-content-0, 4, false, false, 32",
        "starter/inpaint-content-1, 4, false, false, 32",
        "starter/inpaint-content-2, 4, false, false, 32",
        "starter/inpaint-content-3, 4, false, false, 32",
        "starter/inpaint-not-masked, 6, true, false, 32",
        "starter/inpaint-soft-source-rgba, 12, false, false, 32",
        "starter/inpaint-only-masked-0, 0, false, true, 0",
        "starter/inpaint-only-masked-1, 4, false, true, 32",
        "starter/inpaint-only-masked-2, 9, false, true, 12",
        "inpainting/mask-weight-0.5-0, 0, false, false, 32",
        "inpainting/mask-weight-0.5-1, 4, false, false, 32",
        "inpainting/mask-weight-0.5-2, 8, false, false, 32",
        "inpainting/mask-weight-only-masked, 6, false, true, 16",
    })
    void theSourceShowsWhereItDoesInA1111s(String name, int blur, boolean notMasked, boolean onlyMasked, int padding) {
        Goldens goldens = Goldens.of("../a1111");
        Picture source = goldens.picture(name + ".source");
        Inpaint inpaint = new Inpaint(
                goldens.picture(name + ".mask"),
                blur,
                notMasked ? MaskMode.NOT_MASKED : MaskMode.MASKED,
                MaskedContent.ORIGINAL,
                onlyMasked ? InpaintArea.ONLY_MASKED : InpaintArea.WHOLE_PICTURE,
                padding,
                null);
        InpaintPlan plan =
                InpaintPlan.of(new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, inpaint), OUTPUT);
        Picture low = plan.finish(plain(0xFF000000));
        Picture high = plan.finish(plain(0xFFFFFFFF));
        Picture expected = goldens.picture(name);
        assertEquals(expected.size(), low.size());
        int kept = 0;
        for (int i = 0; i < expected.argb().length; i++) {
            kept += low.argb()[i] == high.argb()[i] ? 1 : 0;
            for (int shift = 0; shift < 24; shift += 8) {
                int value = channel(expected, i, shift);
                if (value < channel(low, i, shift) || value > channel(high, i, shift)) {
                    fail("pixel %d of %s: %d".formatted(i, name, value));
                }
            }
        }
        assertTrue(kept > expected.argb().length / 40 && kept < expected.argb().length, kept + " kept");
    }

    private static int channel(Picture picture, int i, int shift) {
        return picture.argb()[i] >> shift & 255;
    }

    private static Picture plain(int argb) {
        int[] pixels = new int[OUTPUT.width() * OUTPUT.height()];
        Arrays.fill(pixels, argb);
        return new Picture(OUTPUT.width(), OUTPUT.height(), pixels);
    }
}
