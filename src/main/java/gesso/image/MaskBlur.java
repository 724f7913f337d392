package gesso.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The soft edge of a mask: a Gaussian whose standard deviation is the radius, 2·⌊2.5·radius + ½⌋ + 1 pixels wide, first
 * across, then down. In 8 fractional bits as OpenCV's {@code GaussianBlur} has it, to the bit; edges are mirrored.
 */
public final class MaskBlur {
    private static final int ONE = 256;

    private MaskBlur() {}

    /** The mask blurred; itself where the radius is 0. */
    public static Mask blur(Mask mask, int radius) {
        if (radius == 0) {
            return mask;
        }
        int[] kernel = kernel(radius);
        Region changing = changing(mask);
        if (changing == null) {
            return mask;
        }
        // Only what lies near a change of level is touched: masks are small in large pictures.
        Region near = changing.padded(kernel.length / 2, mask.width(), mask.height());
        byte[] out = mask.levels().clone();
        across(out, mask.width(), near, kernel);
        down(out, mask.width(), mask.height(), near, kernel);
        return new Mask(mask.width(), mask.height(), out);
    }

    /** The smallest region outside which every level is that of the first pixel; null: all are. */
    private static @Nullable Region changing(Mask mask) {
        byte[] difference = mask.levels().clone();
        byte first = difference[0];
        for (int i = 0; i < difference.length; i++) {
            difference[i] ^= first;
        }
        return new Mask(mask.width(), mask.height(), difference).bounds();
    }

    private static void across(byte[] levels, int width, Region near, int[] kernel) {
        int half = kernel.length / 2;
        int[] line = new int[near.width() + 2 * half];
        for (int y = near.y(); y < near.bottom(); y++) {
            int row = y * width;
            for (int i = 0; i < line.length; i++) {
                line[i] = levels[row + mirrored(near.x() + i - half, width)] & 255;
            }
            for (int x = 0; x < near.width(); x++) {
                int sum = ONE / 2;
                for (int k = 0; k < kernel.length; k++) {
                    sum += kernel[k] * line[x + k];
                }
                levels[row + near.x() + x] = (byte) (sum / ONE);
            }
        }
    }

    private static void down(byte[] levels, int width, int height, Region near, int[] kernel) {
        int half = kernel.length / 2;
        byte[] in = levels.clone();
        int[] sums = new int[near.width()];
        for (int y = near.y(); y < near.bottom(); y++) {
            Arrays.fill(sums, ONE / 2);
            for (int k = 0; k < kernel.length; k++) {
                int row = mirrored(y + k - half, height) * width + near.x();
                for (int x = 0; x < sums.length; x++) {
                    sums[x] += kernel[k] * (in[row + x] & 255);
                }
            }
            for (int x = 0; x < sums.length; x++) {
                levels[y * width + near.x() + x] = (byte) (sums[x] / ONE);
            }
        }
    }

    /** …2 1 | 0 1 2 … n−1 | n−2 …: the edge itself is not repeated. */
    private static int mirrored(int i, int count) {
        if (count == 1) {
            return 0;
        }
        int at = i;
        while (at < 0 || at >= count) {
            at = at < 0 ? -at : 2 * count - 2 - at;
        }
        return at;
    }

    /** Weights of sum 256; what rounding loses at one is carried to the next, and the middle takes the rest. */
    static int[] kernel(int radius) {
        int size = 2 * (int) (2.5 * radius + 0.5) + 1;
        int half = size / 2;
        double[] exact = new double[half + 1];
        double sum = 0;
        double scale = -0.125 / ((double) radius * radius);
        for (int i = 0; i < half; i++) {
            double x = 2 * i + 1 - size;
            exact[i] = StrictMath.exp(x * x * scale);
            sum += exact[i];
        }
        sum = sum * 2 + 1;
        int[] kernel = new int[size];
        double lost = 0;
        int total = 0;
        for (int i = 0; i < half; i++) {
            double value = exact[i] * (1 / sum) * ONE + lost;
            int weight = (int) Math.rint(value);
            lost = value - weight;
            kernel[i] = weight;
            kernel[size - 1 - i] = weight;
            total += 2 * weight;
        }
        kernel[half] = ONE - total;
        return kernel;
    }
}
