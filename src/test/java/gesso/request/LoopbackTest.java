package gesso.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {
    /** By the script's formulae: the sine, the straight line, one minus the cosine of a quarter turn. */
    @ParameterizedTest
    @CsvSource({
        "LINEAR, 0.2, 0.4, 0.6, 0.8, 1.0",
        "AGGRESSIVE, 0.2, 0.5061467458920719, 0.7656854249492381, 0.9391036260090295, 1.0",
        "LAZY, 0.2, 0.26089637399097044, 0.434314575050762, 0.6938532541079282, 1.0"
    })
    void curves(Loopback.Curve curve, double a, double b, double c, double d, double e) {
        Loopback loopback = new Loopback(5, 1, curve);
        double[] expected = {a, b, c, d, e};
        for (int i = 0; i < 5; i++) {
            assertEquals(expected[i], loopback.strength(0.2, i), 1e-15);
        }
        assertEquals(0.2, new Loopback(1, 1, curve).strength(0.2, 0));
    }

    @Test
    void theNextPictureStartsFromTheOneBefore() {
        Picture source = new Picture(1, 1, new int[] {0xFF102030});
        Picture made = new Picture(1, 1, new int[] {0xFF405060});
        Inpaint inpaint =
                new Inpaint(source, 4, MaskMode.MASKED, MaskedContent.FILL, InpaintArea.WHOLE_PICTURE, 32, null);
        Rework rework = new Rework(source, ResizeMode.CROP_AND_RESIZE, 0.5, true, true, inpaint);
        GenerationRequest asked = GenerationRequest.of("owl", Path.of("m"), new Size(64, 64))
                .edit(e ->
                        e.rework(rework).seeds(SeedSettings.DEFAULT.withSeed(4)).batch(1, 3));
        Loopback loopback = new Loopback(2, 0.7, Loopback.Curve.LAZY);
        GenerationRequest first = loopback.first(asked);
        assertEquals(1, first.pictures());
        GenerationRequest next = loopback.next(first, made, 4, 1);
        assertEquals(5, next.seeds().seed());
        Rework second = Objects.requireNonNull(next.rework());
        assertEquals(made, second.source());
        assertEquals(0.7, second.denoisingStrength(), 1e-15);
        assertEquals(inpaint.withContent(MaskedContent.ORIGINAL), second.inpaint());
        assertThrows(InvalidRequest.class, () -> new Loopback(0, 0.5, Loopback.Curve.LINEAR));
        assertThrows(InvalidRequest.class, () -> new Loopback(2, 1.5, Loopback.Curve.LINEAR));
    }
}
