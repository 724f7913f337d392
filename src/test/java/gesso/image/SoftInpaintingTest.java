package gesso.image;

import static gesso.image.PictureFilesTest.largestDifference;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Size;
import gesso.request.SoftInpainting;
import gesso.tensor.FloatTensor;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Against torch, numpy and Pillow (goldens/image/make_rework.py). */
class SoftInpaintingTest {
    private static final Goldens GOLDENS = Goldens.of("rework");
    private static final int CELLS = 9 * 12;

    private final FloatBuffer golden = GOLDENS.floats("soft.f32");
    private final FloatTensor init = FloatTensor.of(Goldens.next(golden, 4 * CELLS), 1, 4, 9, 12);
    private final FloatTensor now = FloatTensor.of(Goldens.next(golden, 8 * CELLS), 2, 4, 9, 12);
    private final FloatTensor mask = FloatTensor.of(Goldens.next(golden, CELLS), 1, 1, 9, 12);

    @Test
    void latentsAreBlendedWithTheirLengthsKept() {
        double[][] cases = {{1, 0.5, 4, 3.7}, {0, 2, 1, 0.4}, {2.5, 8, 32, 1.3}};
        for (double[] c : cases) {
            SoftInpainting settings = new SoftInpainting(c[0], c[1], c[2], 0, 0.5, 2);
            FloatTensor blended = new SoftBlend(settings).blend(init, now, mask, (float) c[3]);
            assertArrayEquals(Goldens.next(golden, 8 * CELLS), blended.data(), 3e-6f, "bias " + c[0]);
        }
    }

    @Test
    void whatHardlyMovedStaysTheSources() {
        check("default", SoftInpainting.DEFAULT);
        check("other", new SoftInpainting(1, 2, 4, 0.7, 3, 6));
    }

    private void check(String name, SoftInpainting settings) {
        for (int i = 0; i < 2; i++) {
            Mask seen = new SoftComposite(settings).visible(mask, init, now, i, new Size(96, 72));
            int difference = largestDifference(GOLDENS.picture("soft-" + name + "-" + i), seen.toPicture());
            assertTrue(difference <= 1, name + " " + i + ": " + difference);
        }
    }
}
