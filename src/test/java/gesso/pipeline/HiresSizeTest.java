package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second pass' size, worked out by hand from A1111's rule (calculate_target_resolution). */
class HiresSizeTest {
    @ParameterizedTest
    @CsvSource({
        "512x512,  2,    0x0,       1024x1024, 0,  0,  1024x1024",
        "512x768,  1.5,  0x0,       768x1152,  0,  0,  768x1152",
        "128x128,  1.3,  0x0,       166x166,   0,  0,  160x160",
        "512x512,  2,    1024x1024, 1024x1024, 0,  0,  1024x1024",
        "512x512,  2,    1024x768,  1024x1024, 0,  32, 1024x768",
        "512x768,  2,    1024x1024, 1024x1536, 0,  64, 1024x1024",
        "768x512,  2,    1024x1024, 1536x1024, 64, 0,  1024x1024",
    })
    void followsTheRule(String first, double scale, String wanted, String enlarged, int cutX, int cutY, String result) {
        Hires hires = new Hires(
                scale, "0x0".equals(wanted) ? null : Size.parse(wanted), "Latent", 0, 0.7, null, null, 0, "", "");
        HiresSize size = HiresSize.of(hires, Size.parse(first));
        assertEquals(new HiresSize(Size.parse(enlarged), cutX, cutY), size);
        assertEquals(Size.parse(result), size.result());
    }

    @Test
    void aSizeOfNothingIsRefused() {
        Hires hires = new Hires(2, new Size(4, 4), "Latent", 0, 0.7, null, null, 0, "", "");
        assertThrows(InvalidRequest.class, () -> HiresSize.of(hires, new Size(64, 64)));
    }
}
