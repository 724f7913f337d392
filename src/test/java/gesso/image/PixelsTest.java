package gesso.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import gesso.tensor.FloatTensor;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void coloursBecomeMinusOneToOneInChannelOrder() {
        FloatTensor x = Pixels.toTensor(new Picture(2, 1, new int[] {0xFF0080FF, 0x00FF0001}));
        assertArrayEquals(new int[] {1, 3, 1, 2}, x.shape());
        assertArrayEquals(new float[] {-1, 1, 128 / 255f * 2 - 1, -1, 1, 1 / 255f * 2 - 1}, x.data());
    }

    @Test
    void theFractionIsCutAndTheEndsAreClamped() {
        float[] values = {-2, -1, -0.999f, 0, 0.5f, 0.9999f, 1, 3, Float.NaN};
        int[] expected = {0, 0, 0, 127, 191, 254, 255, 255, 0};
        float[] data = new float[3 * values.length];
        System.arraycopy(values, 0, data, 0, values.length);
        Picture seen = Pixels.fromTensor(FloatTensor.of(data, 1, 3, 1, values.length), 0);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], seen.argb()[i] >> 16 & 255, "of " + values[i]);
            assertEquals(127, seen.argb()[i] & 255);
        }
    }

    /** v / 255 · 2 − 1 and back loses a few values to the cut in single precision, as A1111 does: never more than one. */
    @Test
    void theWayThereAndBackIsWithinOne() {
        int[] argb = new int[256];
        for (int i = 0; i < 256; i++) {
            argb[i] = 0xFF000000 | i * 0x10101;
        }
        Picture back = Pixels.fromTensor(Pixels.toTensor(new Picture(16, 16, argb)), 0);
        for (int i = 0; i < 256; i++) {
            int v = back.argb()[i] & 255;
            assertTrue(v == i || v == i - 1, i + " became " + v);
        }
    }

    @Test
    void thePictureOfABatchIsItsOwn() {
        float[] data = new float[2 * 3];
        data[3] = 1;
        assertEquals(
                0xFFFF7F7F,
                Pixels.fromTensor(FloatTensor.of(data, 2, 3, 1, 1), 1).argb()[0]);
    }

    @Test
    void opacityIsSeen() {
        assertTrue(Pixels.isOpaque(new Picture(2, 1, new int[] {-1, -1})));
        assertFalse(Pixels.isOpaque(new Picture(2, 1, new int[] {-1, 0x7FFFFFFF})));
    }

    @Test
    void aLatentIsPreviewedAsALinearMixOfItsChannels() {
        FloatTensor x = FloatTensor.of(new float[] {1, 0, 0, 0, 0, 0, 0, 1}, 1, 4, 1, 2);
        Picture sd1 = LatentPreview.ofSd1(x, 0);
        // (0.298, 0.207, 0.208) and (−0.184, −0.271, −0.473), halved and moved to the middle.
        assertArrayEquals(new int[] {0xFFA5999A, 0xFF685C43}, sd1.argb());
        assertEquals(0xFFABB4B7, LatentPreview.ofSdxl(x, 0).argb()[0]);
    }
}
