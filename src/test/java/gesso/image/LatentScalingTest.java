package gesso.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.tensor.FloatTensor;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Against torch (goldens/image/make_latents.py), within the last bits of single precision. */
class LatentScalingTest {
    private static final int[][] SIZES = {{14, 21}, {5, 4}, {9, 13}, {7, 40}, {18, 6}};

    @Test
    void everyScalingIsTorchs() {
        FloatBuffer golden = Goldens.of("").floats("latents.f32");
        FloatTensor x = FloatTensor.of(Goldens.next(golden, 2 * 9 * 13), 1, 2, 9, 13);
        for (LatentScaling scaling : LatentScaling.values()) {
            for (int[] size : SIZES) {
                FloatTensor y = scaling.resize(x, size[0], size[1]);
                assertArrayEquals(new int[] {1, 2, size[0], size[1]}, y.shape());
                String name = scaling + " to " + size[0] + "x" + size[1];
                assertArrayEquals(Goldens.next(golden, y.size()), y.data(), 5e-6f, name);
            }
        }
        assertFalse(golden.hasRemaining());
    }

    @Test
    void namesAreA1111s() {
        assertTrue(LatentScaling.isOne("Latent (nearest-exact)"));
        assertFalse(LatentScaling.isOne("Lanczos"));
        assertEquals(LatentScaling.BICUBIC_ANTIALIASED, LatentScaling.parse("latent (bicubic antialiased)"));
    }
}
