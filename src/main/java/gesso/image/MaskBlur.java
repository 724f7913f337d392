package gesso.image;

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
        int width = mask.width();
        int height = mask.height();
        byte[] across = new byte[mask.levels().length];
        byte[] down = new byte[across.length];
        for (int y = 0; y < height; y++) {
            line(mask.levels(), across, y * width, 1, width, kernel);
        }
        for (int x = 0; x < width; x++) {
            line(across, down, x, width, height, kernel);
        }
        return new Mask(width, height, down);
    }

    private static void line(byte[] in, byte[] out, int start, int step, int count, int[] kernel) {
        int half = kernel.length / 2;
        for (int i = 0; i < count; i++) {
            int sum = ONE / 2;
            for (int k = 0; k < kernel.length; k++) {
                sum += kernel[k] * (in[start + mirrored(i + k - half, count) * step] & 255);
            }
            out[start + i * step] = (byte) (sum / ONE);
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
