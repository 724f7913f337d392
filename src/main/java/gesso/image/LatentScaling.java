package gesso.image;

import gesso.request.Labelled;
import gesso.tensor.FloatTensor;

/**
 * Latents brought to another size by interpolation, as torch's {@code interpolate} does it without aligned corners. The
 * labels are A1111's latent upscalers.
 */
public enum LatentScaling implements Labelled {
    BILINEAR("Latent"),
    BILINEAR_ANTIALIASED("Latent (antialiased)"),
    BICUBIC("Latent (bicubic)"),
    BICUBIC_ANTIALIASED("Latent (bicubic antialiased)"),
    NEAREST("Latent (nearest)"),
    NEAREST_EXACT("Latent (nearest-exact)");

    private final String label;

    LatentScaling(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether a hires upscaler's name is one of these. */
    public static boolean isOne(String label) {
        for (LatentScaling scaling : values()) {
            if (scaling.label.equalsIgnoreCase(label.strip())) {
                return true;
            }
        }
        return false;
    }

    /** Reads a label. */
    public static LatentScaling parse(String text) {
        return Labelled.parse(LatentScaling.class, "hires-upscaler", "latent upscaler", text);
    }

    /**
     * Every plane resized by itself.
     *
     * @param x [n, c, h, w]
     * @return [n, c, height, width]
     */
    public FloatTensor resize(FloatTensor x, int height, int width) {
        int oldHeight = x.dim(2);
        int oldWidth = x.dim(3);
        Taps across = taps(oldWidth, width);
        Taps down = taps(oldHeight, height);
        int planes = x.dim(0) * x.dim(1);
        float[] out = new float[Math.multiplyExact(planes, height * width)];
        for (int plane = 0; plane < planes; plane++) {
            int in = plane * oldHeight * oldWidth;
            float[] narrowed = new float[oldHeight * width];
            for (int i = 0; i < narrowed.length; i++) {
                narrowed[i] = across.sum(x.data(), in + i / width * oldWidth, 1, i % width);
            }
            for (int i = 0; i < height * width; i++) {
                out[plane * height * width + i] = down.sum(narrowed, i % width, width, i / width);
            }
        }
        return FloatTensor.of(out, x.dim(0), x.dim(1), height, width);
    }

    private Taps taps(int from, int to) {
        return switch (this) {
            case NEAREST -> nearest(from, to, 0);
            case NEAREST_EXACT -> nearest(from, to, 0.5f);
            case BILINEAR -> linear(from, to);
            case BICUBIC -> cubic(from, to);
            case BILINEAR_ANTIALIASED -> filtered(Resampling.BILINEAR, from, to);
            case BICUBIC_ANTIALIASED -> filtered(Resampling.BICUBIC, from, to);
        };
    }

    private static Taps nearest(int from, int to, float middle) {
        Taps taps = new Taps(from, to);
        float scale = (float) from / to;
        for (int i = 0; i < to; i++) {
            taps.set(i, (int) ((i + middle) * scale), 1);
        }
        return taps;
    }

    private static Taps linear(int from, int to) {
        Taps taps = new Taps(from, to);
        float scale = (float) from / to;
        for (int i = 0; i < to; i++) {
            float at = Math.max(scale * (i + 0.5f) - 0.5f, 0);
            int first = (int) at;
            float part = at - first;
            taps.set(i, first, 1 - part, part);
        }
        return taps;
    }

    /** Keys' cubic with a = −3/4 over four neighbours, however much smaller the result is. */
    private static Taps cubic(int from, int to) {
        Taps taps = new Taps(from, to);
        float scale = (float) from / to;
        for (int i = 0; i < to; i++) {
            float at = scale * (i + 0.5f) - 0.5f;
            int first = (int) Math.floor(at);
            float part = at - first;
            taps.set(i, first - 1, outer(part + 1), inner(part), inner(1 - part), outer(2 - part));
        }
        return taps;
    }

    private static float inner(float x) {
        return ((-0.75f + 2) * x - (-0.75f + 3)) * x * x + 1;
    }

    private static float outer(float x) {
        return ((-0.75f * x + 5 * 0.75f) * x - 8 * 0.75f) * x + 4 * 0.75f;
    }

    /** The filter is stretched when the result is smaller, as in {@link Resampling}. */
    private static Taps filtered(Resampling filter, int from, int to) {
        Taps taps = new Taps(from, to);
        double scale = (float) from / to;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        for (int i = 0; i < to; i++) {
            double centre = scale * (i + 0.5);
            int low = Math.max((int) (centre - support + 0.5), 0);
            int high = Math.min((int) (centre + support + 0.5), from);
            float[] weights = new float[high - low];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) filter.weight((k + low - centre + 0.5) / stretch);
                sum += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) (weights[k] / sum);
            }
            taps.set(i, low, weights);
        }
        return taps;
    }

    /** For every new sample the old ones it is a weighted sum of; beyond the ends the end counts. */
    private static final class Taps {
        private final int size;
        private final int[] first;
        private final float[][] weights;

        Taps(int size, int count) {
            this.size = size;
            first = new int[count];
            weights = new float[count][];
        }

        void set(int i, int from, float... values) {
            first[i] = from;
            weights[i] = values;
        }

        float sum(float[] data, int start, int step, int i) {
            double sum = 0;
            for (int k = 0; k < weights[i].length; k++) {
                int at = Math.min(Math.max(first[i] + k, 0), size - 1);
                sum += (double) data[start + at * step] * weights[i][k];
            }
            return (float) sum;
        }
    }
}
