package gesso.image;

import gesso.request.Picture;
import gesso.tensor.FloatTensor;

/** Between 8-bit pictures and the numbers that networks take and give. */
public final class Pixels {
    private static final int ALPHA = 0xFF000000;

    private Pixels() {}

    /** Whether no pixel is transparent. */
    public static boolean isOpaque(Picture picture) {
        for (int p : picture.argb()) {
            if (p >>> 24 != 255) {
                return false;
            }
        }
        return true;
    }

    /** The colours (alpha is not looked at) as [1, 3, h, w] in [−1, 1]: v / 255 · 2 − 1 in single precision, as A1111. */
    public static FloatTensor toTensor(Picture picture) {
        int size = picture.argb().length;
        float[] data = new float[3 * size];
        for (int i = 0; i < size; i++) {
            int p = picture.argb()[i];
            for (int c = 0; c < 3; c++) {
                data[c * size + i] = (p >> (16 - 8 * c) & 255) / 255f * 2 - 1;
            }
        }
        return FloatTensor.of(data, 1, 3, picture.height(), picture.width());
    }

    /**
     * A network's picture as 8 bits: (x + 1) / 2 cut to 0–1, times 255, the fraction cut off, as A1111 does it.
     *
     * @param rgb [n, 3, h, w] in [−1, 1]
     * @param index which of the n
     */
    public static Picture fromTensor(FloatTensor rgb, int index) {
        int height = rgb.dim(2);
        int width = rgb.dim(3);
        int size = height * width;
        int start = index * 3 * size;
        int[] argb = new int[size];
        for (int i = 0; i < size; i++) {
            int p = ALPHA;
            for (int c = 0; c < 3; c++) {
                p |= truncated((rgb.data()[start + c * size + i] + 1f) / 2f) << (16 - 8 * c);
            }
            argb[i] = p;
        }
        return new Picture(width, height, argb);
    }

    /** 0–1 as 0–255, cut at both ends, the fraction cut off. */
    static int truncated(float value) {
        return (int) (Math.min(Math.max(value, 0f), 1f) * 255f);
    }
}
