package gesso.image;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A filter between maximum, median and mean: the values around a place are stacked up in order, each as high as its weight,
 * and the mean of a slice of the stack is taken. The weights are a Gaussian of 5×5 that ends at 0.
 */
final class WeightedRank {
    private static final int RADIUS = 2;
    private static final double DEVIATION = 1.5;
    private static final double THINNEST = 1;

    private WeightedRank() {}

    /**
     * The filtered values.
     *
     * @param low where the slice begins, 0–1 of the stack's height
     * @param high where it ends; it is never thinner than 1
     */
    static float[] filter(float[] in, int width, int height, double low, double high) {
        float[] out = new float[in.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[y * width + x] = (float) slice(stack(in, width, height, x, y), low, high);
            }
        }
        return out;
    }

    private static double weight(int dx, int dy) {
        double end = gaussian((RADIUS + 1.0) * (RADIUS + 1.0));
        return Math.max(0, (gaussian(dx * dx + dy * dy) - end) * (1 / (1 - end)));
    }

    private static double gaussian(double squared) {
        return Math.exp(-squared / (DEVIATION * DEVIATION));
    }

    private record Stone(float value, double weight) {}

    private static Stone[] stack(float[] in, int width, int height, int x, int y) {
        int left = Math.max(0, x - RADIUS);
        int right = Math.min(width - 1, x + RADIUS);
        int top = Math.max(0, y - RADIUS);
        int bottom = Math.min(height - 1, y + RADIUS);
        Stone[] stones = new Stone[(right - left + 1) * (bottom - top + 1)];
        int count = 0;
        for (int sy = top; sy <= bottom; sy++) {
            for (int sx = left; sx <= right; sx++) {
                stones[count++] = new Stone(in[sy * width + sx], weight(sx - x, sy - y));
            }
        }
        Arrays.sort(stones, Comparator.comparingDouble(Stone::value));
        return stones;
    }

    private static double slice(Stone[] stack, double low, double high) {
        double height = 0;
        for (Stone stone : stack) {
            height += stone.weight();
        }
        double from = height * low;
        double to = height * high;
        if (to - from < THINNEST) {
            double middle = (from + to) / 2;
            from = middle - THINNEST / 2;
            to = middle + THINNEST / 2;
            if (to > height) {
                to = height;
                from = height - THINNEST;
            }
            if (from < 0) {
                from = 0;
                to = THINNEST;
            }
        }
        return mean(stack, from, to);
    }

    private static double mean(Stone[] stack, double from, double to) {
        double sum = 0;
        double weight = 0;
        double bottom = 0;
        for (Stone stone : stack) {
            double top = bottom + stone.weight();
            if (from < top && to > bottom) {
                double part = Math.min(to, top) - Math.max(from, bottom);
                sum += stone.value() * part;
                weight += part;
            }
            bottom = top;
        }
        return weight != 0 ? sum / weight : 0;
    }
}
