package gesso.image;

import java.util.Arrays;

/**
 * Gaussian blur as Pillow does it: three box blurs with soft ends in each direction (P. Gwosdek and others, "Theoretical
 * foundations of Gaussian convolution by extended box filtering", 2011), in 24-bit fixed point.
 */
final class BoxGaussian {
    private static final int PASSES = 3;

    private final int radius;
    private final int inner;
    private final int outer;

    /** A blur whose standard deviation is so many pixels. */
    BoxGaussian(float deviation) {
        float box = boxRadius(deviation);
        radius = (int) box;
        inner = (int) (long) ((1 << 24) / (box * 2 + 1));
        outer = ((1 << 24) - (radius * 2 + 1) * inner) / 2;
    }

    private static float boxRadius(float deviation) {
        float variance = deviation * deviation / PASSES;
        float length = (float) Math.sqrt(12.0 * variance + 1.0);
        float whole = (float) Math.floor((length - 1.0) / 2.0);
        float part = (float) ((2 * whole + 1) * (whole * (whole + 1) - 3.0 * variance));
        part = (float) (part / (6.0 * (variance - (whole + 1) * (whole + 1))));
        return whole + part;
    }

    /** One channel, edges repeated. */
    byte[] blur(byte[] plane, int width, int height) {
        byte[] across = plane.clone();
        rows(across, width, height);
        byte[] turned = transposed(across, width, height);
        rows(turned, height, width);
        return transposed(turned, height, width);
    }

    private void rows(byte[] plane, int width, int height) {
        int edge = radius + 1;
        int[] line = new int[width + 2 * edge];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                line[edge + x] = plane[y * width + x] & 255;
            }
            for (int pass = 0; pass < PASSES; pass++) {
                Arrays.fill(line, 0, edge, line[edge]);
                Arrays.fill(line, edge + width, line.length, line[edge + width - 1]);
                line = blurred(line, width);
            }
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = (byte) line[edge + x];
            }
        }
    }

    /** A running sum of 2·radius+1 samples, and the two beside it by a fraction. */
    private int[] blurred(int[] in, int width) {
        int[] out = new int[in.length];
        int sum = 0;
        for (int i = 0; i < 2 * radius + 1; i++) {
            sum += in[i];
        }
        int span = 2 * radius + 1;
        for (int x = 0; x < width; x++) {
            int before = in[x];
            sum += in[x + span] - before;
            int value = sum * inner + (before + in[x + span + 1]) * outer;
            out[radius + 1 + x] = (value + (1 << 23)) >>> 24;
        }
        return out;
    }

    private static byte[] transposed(byte[] plane, int width, int height) {
        byte[] out = new byte[plane.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[x * height + y] = plane[y * width + x];
            }
        }
        return out;
    }

    /** All four channels of {@code argb}. */
    int[] blur(int[] argb, int width, int height) {
        int[] out = new int[argb.length];
        byte[] plane = new byte[argb.length];
        for (int shift = 0; shift < 32; shift += 8) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (byte) (argb[i] >>> shift);
            }
            byte[] blurred = blur(plane, width, height);
            for (int i = 0; i < out.length; i++) {
                out[i] |= (blurred[i] & 255) << shift;
            }
        }
        return out;
    }

    Mask blur(Mask mask) {
        return new Mask(mask.width(), mask.height(), blur(mask.levels(), mask.width(), mask.height()));
    }
}
