package gesso.image.control;

/** For every new sample the old ones it is a weighted sum of. Kept as OpenCV computes them, in single precision. */
final class Taps {
    private final int[][] from;
    private final float[][] weights;

    private Taps(int count) {
        from = new int[count][];
        weights = new float[count][];
    }

    int count() {
        return from.length;
    }

    void apply(float[] in, int start, int step, float[] out, int outStart, int outStep) {
        for (int i = 0; i < from.length; i++) {
            float sum = 0;
            for (int k = 0; k < from[i].length; k++) {
                sum += in[start + from[i][k] * step] * weights[i][k];
            }
            out[outStart + i * outStep] = sum;
        }
    }

    /** Every new sample is the mean of the stretch of old ones that it covers ({@code INTER_AREA}); only to shrink. */
    static Taps area(int size, int count) {
        Taps taps = new Taps(count);
        double scale = (double) size / count;
        for (int i = 0; i < count; i++) {
            double start = i * scale;
            double end = Math.min(start + scale, size);
            int first = (int) Math.floor(start + 1e-9);
            int last = Math.min((int) Math.ceil(end - 1e-9), size);
            taps.from[i] = new int[last - first];
            taps.weights[i] = new float[last - first];
            for (int k = first; k < last; k++) {
                taps.from[i][k - first] = k;
                double covered = Math.min(k + 1, end) - Math.max(k, start);
                taps.weights[i][k - first] = (float) (covered / (end - start));
            }
        }
        return taps;
    }

    /** What {@code INTER_AREA} does in both directions where one of them grows: two neighbours, sharp between the edges. */
    static Taps sharpLinear(int size, int count) {
        Taps taps = new Taps(count);
        double scale = (double) size / count;
        for (int i = 0; i < count; i++) {
            int first = (int) Math.floor(i * scale);
            float part = (float) ((i + 1) - (first + 1) / scale);
            part = part <= 0 ? 0 : part - (float) Math.floor(part);
            taps.from[i] = new int[] {Math.min(first, size - 1), Math.min(first + 1, size - 1)};
            taps.weights[i] = new float[] {1 - part, part};
        }
        return taps;
    }

    /** Keys' cubic with a = −3/4 over four neighbours ({@code INTER_CUBIC}), edges repeated. */
    static Taps cubic(int size, int count) {
        Taps taps = new Taps(count);
        double scale = (double) size / count;
        for (int i = 0; i < count; i++) {
            float at = (float) ((i + 0.5) * scale - 0.5);
            int middle = (int) Math.floor(at);
            float x = at - middle;
            float a = -0.75f;
            float left = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a;
            float near = ((a + 2) * x - (a + 3)) * x * x + 1;
            float far = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1;
            taps.weights[i] = new float[] {left, near, far, 1 - left - near - far};
            taps.from[i] = new int[4];
            for (int k = 0; k < 4; k++) {
                taps.from[i][k] = Math.min(Math.max(middle - 1 + k, 0), size - 1);
            }
        }
        return taps;
    }

    /** A Gaussian of that standard deviation, cut at four of them, edges mirrored ({@code GaussianBlur} on floats). */
    static Taps gaussian(int size, double deviation) {
        int half = (int) Math.rint(deviation * 8 + 1) / 2;
        float[] kernel = new float[2 * half + 1];
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            double d = k - half;
            kernel[k] = (float) Math.exp(-d * d / (2 * deviation * deviation));
            sum += kernel[k];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] = (float) (kernel[k] / sum);
        }
        Taps taps = new Taps(size);
        for (int i = 0; i < size; i++) {
            taps.weights[i] = kernel;
            taps.from[i] = new int[kernel.length];
            for (int k = 0; k < kernel.length; k++) {
                taps.from[i][k] = mirrored(i + k - half, size);
            }
        }
        return taps;
    }

    private static int mirrored(int i, int size) {
        int at = i;
        while (size > 1 && (at < 0 || at >= size)) {
            at = at < 0 ? -at : 2 * size - 2 - at;
        }
        return size == 1 ? 0 : at;
    }
}
