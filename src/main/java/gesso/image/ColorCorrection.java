package gesso.image;

import gesso.request.Picture;
import java.util.Arrays;

/**
 * Brings a picture's colours to another's: the histograms of L*, a* and b* are matched, and of the outcome only hue and
 * saturation are kept; the lightness stays the picture's own (A1111's colour correction: scikit-image's
 * {@code match_histograms}, then the blend mode "luminosity").
 */
public final class ColorCorrection {
    private static final int LEVELS = 256;

    private final double[][] quantiles = new double[3][];
    private final double[][] values = new double[3][];

    /** Remembers the colours to match. */
    public ColorCorrection(Picture target) {
        int[] lab = lab(target);
        for (int c = 0; c < 3; c++) {
            int[] counts = histogram(lab, 16 - 8 * c);
            int used = 0;
            double[] q = new double[LEVELS];
            double[] v = new double[LEVELS];
            long sum = 0;
            for (int level = 0; level < LEVELS; level++) {
                sum += counts[level];
                if (counts[level] > 0) {
                    q[used] = (double) sum / lab.length;
                    v[used++] = level;
                }
            }
            quantiles[c] = Arrays.copyOf(q, used);
            values[c] = Arrays.copyOf(v, used);
        }
    }

    /** The picture, opaque, in the remembered colours. */
    public Picture apply(Picture picture) {
        int[] lab = lab(picture);
        int[][] matched = new int[3][];
        for (int c = 0; c < 3; c++) {
            matched[c] = matched(histogram(lab, 16 - 8 * c), lab.length, c);
        }
        int[] out = new int[lab.length];
        for (int i = 0; i < out.length; i++) {
            int p = lab[i];
            int colour = Lab.toRgb(matched[0][p >> 16] << 16 | matched[1][p >> 8 & 255] << 8 | matched[2][p & 255]);
            out[i] = 0xFF000000 | withLuminosity(colour, picture.argb()[i]);
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    private static int[] lab(Picture picture) {
        int[] lab = new int[picture.argb().length];
        for (int i = 0; i < lab.length; i++) {
            lab[i] = Lab.fromRgb(picture.argb()[i]);
        }
        return lab;
    }

    private static int[] histogram(int[] lab, int shift) {
        int[] counts = new int[LEVELS];
        for (int p : lab) {
            counts[p >> shift & 255]++;
        }
        return counts;
    }

    /** For every level of the picture the target's level at the same quantile, the fraction cut off. */
    private int[] matched(int[] counts, int size, int channel) {
        int[] out = new int[LEVELS];
        long sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += counts[level];
            out[level] = (int) interpolated((double) sum / size, quantiles[channel], values[channel]);
        }
        return out;
    }

    private static double interpolated(double x, double[] at, double[] value) {
        int last = at.length - 1;
        if (x < at[0]) {
            return value[0];
        }
        if (x >= at[last]) {
            return value[last];
        }
        int i = Arrays.binarySearch(at, x);
        if (i < 0) {
            i = -i - 2;
        }
        double slope = (value[i + 1] - value[i]) / (at[i + 1] - at[i]);
        return slope * (x - at[i]) + value[i];
    }

    /** Of the first colour hue and saturation, of the second the luminosity (W3C's non-separable blend mode). */
    private static int withLuminosity(int colour, int light) {
        double[] c = rgb(colour);
        double shift = luminosity(rgb(light)) - luminosity(c);
        for (int i = 0; i < 3; i++) {
            c[i] += shift;
        }
        double lum = luminosity(c);
        double least = Math.min(c[0], Math.min(c[1], c[2]));
        double most = Math.max(c[0], Math.max(c[1], c[2]));
        for (int i = 0; i < 3; i++) {
            if (least < 0) {
                c[i] = lum + (c[i] - lum) * lum / (lum - least);
            }
            if (most > 1) {
                c[i] = lum + (c[i] - lum) * (1 - lum) / (most - lum);
            }
        }
        return cut(c[0]) << 16 | cut(c[1]) << 8 | cut(c[2]);
    }

    private static double[] rgb(int p) {
        return new double[] {(p >> 16 & 255) / 255.0, (p >> 8 & 255) / 255.0, (p & 255) / 255.0};
    }

    private static double luminosity(double[] c) {
        return c[0] * 0.299 + c[1] * 0.587 + c[2] * 0.114;
    }

    private static int cut(double value) {
        return (int) (Math.min(Math.max(value, 0), 1) * 255);
    }
}
