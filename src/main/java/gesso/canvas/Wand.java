package gesso.canvas;

import gesso.image.Region;
import gesso.request.Picture;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is alike a pixel: the largest difference of a channel, alpha too, is at most the tolerance. */
public final class Wand {
    private Wand() {}

    /**
     * The pixels of a picture that are like one of them, 255 each.
     *
     * @param tolerance 0–255
     * @param joined only those that are joined to it by their sides; else all
     */
    public static byte[] like(Picture picture, int x, int y, int tolerance, boolean joined) {
        byte[] out = new byte[picture.argb().length];
        int wanted = picture.at(x, y);
        if (joined) {
            flood(picture, x, y, wanted, tolerance, out);
        } else {
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) (isLike(picture.argb()[i], wanted, tolerance) ? 255 : 0);
            }
        }
        return out;
    }

    /** As a coverage of the region that the picture shows. */
    public static Coverage coverage(Picture picture, Region region, int x, int y, int tolerance, boolean joined) {
        return Shapes.levels(region, like(picture, x - region.x(), y - region.y(), tolerance, joined));
    }

    static boolean isLike(int a, int b, int tolerance) {
        if ((a >>> 24) == 0 && (b >>> 24) == 0) {
            return true;
        }
        return Math.abs((a >>> 24) - (b >>> 24)) <= tolerance
                && Math.abs((a >> 16 & 255) - (b >> 16 & 255)) <= tolerance
                && Math.abs((a >> 8 & 255) - (b >> 8 & 255)) <= tolerance
                && Math.abs((a & 255) - (b & 255)) <= tolerance;
    }

    /** Run by run: a run is filled to both its ends, and what lies above and below it is looked at later. */
    private static void flood(Picture picture, int x, int y, int wanted, int tolerance, byte[] out) {
        int width = picture.width();
        Deque<Integer> waiting = new ArrayDeque<>();
        waiting.push(y * width + x);
        while (!waiting.isEmpty()) {
            int index = waiting.pop();
            if (out[index] != 0) {
                continue;
            }
            int row = index / width * width;
            int left = index;
            while (left > row && fits(picture, left - 1, wanted, tolerance, out)) {
                left--;
            }
            int right = index;
            while (right < row + width - 1 && fits(picture, right + 1, wanted, tolerance, out)) {
                right++;
            }
            java.util.Arrays.fill(out, left, right + 1, (byte) 255);
            for (int other : new int[] {-width, width}) {
                if (left + other >= 0 && right + other < out.length) {
                    runs(picture, left + other, right + other, wanted, tolerance, out, waiting);
                }
            }
        }
    }

    private static boolean fits(Picture picture, int index, int wanted, int tolerance, byte[] out) {
        return out[index] == 0 && isLike(picture.argb()[index], wanted, tolerance);
    }

    private static void runs(
            Picture picture, int from, int to, int wanted, int tolerance, byte[] out, Deque<Integer> waiting) {
        boolean inside = false;
        for (int i = from; i <= to; i++) {
            boolean fits = fits(picture, i, wanted, tolerance, out);
            if (fits && !inside) {
                waiting.push(i);
            }
            inside = fits;
        }
    }
}
