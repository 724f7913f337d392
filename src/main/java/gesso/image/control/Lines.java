package gesso.image.control;

import gesso.image.Mask;
import gesso.request.Picture;
import java.util.Arrays;

/** Lines where a picture is darker than its blurred self. */
final class Lines {
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
