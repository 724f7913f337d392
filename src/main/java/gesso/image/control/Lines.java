package gesso.image.control;

import gesso.image.Mask;
import gesso.request.Picture;
import java.util.Arrays;

/** Lines where a picture is darker than its blurred self. */
final class Lines {
    /** A picture without edges stays black: its noise is none. */
    private static final double FLATTEST = 32;

    private Lines() {}

    /** Light lines, their strength set by the median of what stands out at all. */
    static Picture standard(Picture picture) {
        Planes sharp = Planes.of(picture);
        float[] dark = darker(blurred(sharp, 6), sharp);
        float median = median(dark, 8);
        byte[] levels = new byte[dark.length];
        for (int i = 0; i < levels.length; i++) {
            float value = Math.min(Math.max(dark[i], 0), 255) / Math.max(16, median) * 127;
            levels[i] = (byte) Math.min(value, 255);
        }
        return new Mask(picture.width(), picture.height(), levels).toPicture();
    }

    /** White strokes on black, of one strength (after H. Winnemöller's "XDoG", 2011). */
    static Picture scribble(Picture picture, double threshold) {
        Planes planes = Planes.of(picture);
        float[] difference = darker(blurred(planes, 5), blurred(planes, 0.5));
        byte[] levels = new byte[difference.length];
        for (int i = 0; i < levels.length; i++) {
            int light = (int) Math.min(Math.max(255 - difference[i], 0), 255);
            levels[i] = (byte) (2 * (255 - light) > threshold ? 255 : 0);
        }
        return new Mask(picture.width(), picture.height(), levels).toPicture();
    }

    /** How steep the picture is (3×3 Sobel, the steepest channel) after a Gaussian of one pixel, as parts of its steepest pixel. */
    static Picture gradient(Picture picture) {
        Planes soft = blurred(Planes.of(picture), 1);
        int width = soft.width();
        int height = soft.height();
        double[] steep = new double[width * height];
        double most = FLATTEST;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (float[] plane : soft.values()) {
                    steep[y * width + x] = Math.max(steep[y * width + x], steepness(plane, width, height, x, y));
                }
                most = Math.max(most, steep[y * width + x]);
            }
        }
        byte[] levels = new byte[steep.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.rint(255 * steep[i] / most);
        }
        return new Mask(width, height, levels).toPicture();
    }

    private static double steepness(float[] plane, int width, int height, int x, int y) {
        double across = 0;
        double down = 0;
        for (int i = -1; i <= 1; i++) {
            int weight = i == 0 ? 2 : 1;
            across += weight * (at(plane, width, height, x + 1, y + i) - at(plane, width, height, x - 1, y + i));
            down += weight * (at(plane, width, height, x + i, y + 1) - at(plane, width, height, x + i, y - 1));
        }
        return Math.hypot(across, down);
    }

    private static double at(float[] plane, int width, int height, int x, int y) {
        return plane[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)];
    }

    private static Planes blurred(Planes planes, double deviation) {
        return planes.transformed(Taps.gaussian(planes.width(), deviation), Taps.gaussian(planes.height(), deviation));
    }

    /** By how much the second is darker than the first, in the channel where it is least. */
    private static float[] darker(Planes around, Planes here) {
        float[] out = new float[around.width() * around.height()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Float.MAX_VALUE;
            for (int c = 0; c < 3; c++) {
                out[i] = Math.min(out[i], around.values()[c][i] - here.values()[c][i]);
            }
        }
        return out;
    }

    private static float median(float[] values, float above) {
        float[] seen = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (value > above) {
                seen[count++] = value;
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(seen, 0, count);
        return count % 2 == 1 ? seen[count / 2] : (seen[count / 2 - 1] + seen[count / 2]) / 2;
    }
}
