package gesso.image.control;

import gesso.image.Mask;
import gesso.request.Picture;

/** Black and white by the threshold that separates two groups of greys best (N. Otsu, 1979), as OpenCV finds it. */
final class Otsu {
    private static final double EPSILON = 1.1920929e-7;

    private Otsu() {}

    static Picture cut(Picture picture) {
        byte[] levels = new byte[picture.argb().length];
        int[] counts = new int[256];
        for (int i = 0; i < levels.length; i++) {
            int p = picture.argb()[i];
            int mean = ((p >> 16 & 255) + (p >> 8 & 255) + (p & 255)) / 3;
            levels[i] = (byte) mean;
            counts[mean]++;
        }
        int threshold = threshold(counts, levels.length);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) ((levels[i] & 255) > threshold ? 255 : 0);
        }
        return new Mask(picture.width(), picture.height(), levels).toPicture();
    }

    private static int threshold(int[] counts, int size) {
        double mean = 0;
        for (int i = 0; i < counts.length; i++) {
            mean += i * (double) counts[i] / size;
        }
        double share = 0;
        double lower = 0;
        double best = 0;
        int threshold = 0;
        for (int i = 0; i < counts.length; i++) {
            double here = (double) counts[i] / size;
            lower *= share;
            share += here;
            if (Math.min(share, 1 - share) < EPSILON) {
                continue;
            }
            lower = (lower + i * here) / share;
            double upper = (mean - share * lower) / (1 - share);
            double between = share * (1 - share) * (lower - upper) * (lower - upper);
            if (between > best) {
                best = between;
                threshold = i;
            }
        }
        return threshold;
    }
}
