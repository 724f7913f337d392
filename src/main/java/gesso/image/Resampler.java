package gesso.image;

import gesso.request.Size;
import java.util.Arrays;

/** The two passes of a resize for one channel of 8-bit samples; see {@link Resampling}. */
final class Resampler {
    private static final int BITS = 22;

    private final int width;
    private final int height;
    private final Weights across;
    private final Weights down;
    private final boolean acrossNeeded;
    private final boolean downNeeded;

    /** For the region {@code part} of all the new pixels. */
    Resampler(Resampling filter, Size old, int toWidth, int toHeight, Resampling.Box box, Region part) {
        width = old.width();
        height = old.height();
        across = new Weights(filter, width, box.left(), box.right(), toWidth, part.x(), part.width());
        down = new Weights(filter, height, box.top(), box.bottom(), toHeight, part.y(), part.height());
        acrossNeeded = toWidth != width || box.left() != 0 || box.right() != width || part.width() != width;
        downNeeded = toHeight != height || box.top() != 0 || box.bottom() != height || part.height() != height;
    }

    byte[] resize(byte[] plane) {
        byte[] narrowed = acrossNeeded ? passAcross(plane) : plane;
        return downNeeded ? passDown(narrowed) : narrowed;
    }

    private byte[] passAcross(byte[] in) {
        int outWidth = across.count();
        byte[] out = new byte[Math.multiplyExact(outWidth, height)];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            for (int x = 0; x < outWidth; x++) {
                int sum = 1 << (BITS - 1);
                int first = across.first(x);
                int[] weights = across.of(x);
                for (int k = 0; k < weights.length; k++) {
                    sum += (in[row + first + k] & 255) * weights[k];
                }
                out[y * outWidth + x] = clamp(sum);
            }
        }
        return out;
    }

    private byte[] passDown(byte[] in) {
        int rowLength = across.count();
        byte[] out = new byte[Math.multiplyExact(rowLength, down.count())];
        int[] sums = new int[rowLength];
        for (int y = 0; y < down.count(); y++) {
            Arrays.fill(sums, 1 << (BITS - 1));
            int[] weights = down.of(y);
            for (int k = 0; k < weights.length; k++) {
                int row = (down.first(y) + k) * rowLength;
                for (int x = 0; x < rowLength; x++) {
                    sums[x] += (in[row + x] & 255) * weights[k];
                }
            }
            for (int x = 0; x < rowLength; x++) {
                out[y * rowLength + x] = clamp(sums[x]);
            }
        }
        return out;
    }

    private static byte clamp(int sum) {
        return (byte) Math.min(Math.max(sum >> BITS, 0), 255);
    }

    /** For every new sample: which old ones it is made of, and by how much in 2⁻²² each. */
    private static final class Weights {
        private final int[] first;
        private final int[][] weights;

        Weights(Resampling filter, int size, double from, double to, int all, int start, int count) {
            first = new int[count];
            weights = new int[count][];
            double scale = (to - from) / all;
            double stretch = Math.max(scale, 1);
            double support = filter.support() * stretch;
            for (int i = 0; i < count; i++) {
                double centre = from + (start + i + 0.5) * scale;
                int low = Math.max((int) (centre - support + 0.5), 0);
                int high = Math.min((int) (centre + support + 0.5), size);
                first[i] = low;
                weights[i] = fixed(filter, centre, 1 / stretch, low, Math.max(high - low, 0));
            }
        }

        private static int[] fixed(Resampling filter, double centre, double narrow, int low, int length) {
            double[] values = new double[length];
            double sum = 0;
            for (int k = 0; k < length; k++) {
                values[k] = filter.weight((k + low - centre + 0.5) * narrow);
                sum += values[k];
            }
            int[] out = new int[length];
            for (int k = 0; k < length; k++) {
                double share = (sum != 0 ? values[k] / sum : values[k]) * (1 << BITS);
                out[k] = (int) (share < 0 ? share - 0.5 : share + 0.5);
            }
            return out;
        }

        int count() {
            return first.length;
        }

        int first(int i) {
            return first[i];
        }

        int[] of(int i) {
            return weights[i];
        }
    }
}
