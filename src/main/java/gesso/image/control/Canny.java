package gesso.image.control;

import gesso.image.Mask;
import gesso.request.Picture;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Edges of one pixel's width (J. Canny, "A computational approach to edge detection", 1986), to the bit as OpenCV's
 * {@code Canny} finds them in a colour picture: 3×3 Sobel gradients of the channel that changes most, |dx| + |dy|, the
 * strongest across each edge, then everything above {@code high} with what hangs on to it above {@code low}.
 */
public final class Canny {
    /** tan 22.5° in 32768ths. */
    private static final int TAN_22 = 13573;

    private static final byte NONE = 0;
    private static final byte WEAK = 1;
    private static final byte EDGE = 2;

    private final int width;
    private final int height;
    private final int[] dx;
    private final int[] dy;

    private Canny(Picture picture) {
        width = picture.width();
        height = picture.height();
        dx = new int[width * height];
        dy = new int[width * height];
        gradients(picture);
    }

    /**
     * White edges on black.
     *
     * @param low 0–255 and beyond: the weakest gradient that continues an edge
     * @param high the weakest that begins one; where it is the smaller one, the two change places
     */
    public static Mask edges(Picture picture, int low, int high) {
        Canny canny = new Canny(picture);
        byte[] map = canny.strongest(Math.min(low, high), Math.max(low, high));
        canny.follow(map);
        for (int i = 0; i < map.length; i++) {
            map[i] = (byte) (map[i] == EDGE ? 255 : 0);
        }
        return new Mask(canny.width, canny.height, map);
    }

    private void gradients(Picture picture) {
        for (int y = 0; y < height; y++) {
            int up = Math.max(y - 1, 0);
            int down = Math.min(y + 1, height - 1);
            for (int x = 0; x < width; x++) {
                int left = Math.max(x - 1, 0);
                int right = Math.min(x + 1, width - 1);
                int most = -1;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int nw = picture.at(left, up) >> shift & 255;
                    int n = picture.at(x, up) >> shift & 255;
                    int ne = picture.at(right, up) >> shift & 255;
                    int w = picture.at(left, y) >> shift & 255;
                    int e = picture.at(right, y) >> shift & 255;
                    int sw = picture.at(left, down) >> shift & 255;
                    int s = picture.at(x, down) >> shift & 255;
                    int se = picture.at(right, down) >> shift & 255;
                    int gx = ne + 2 * e + se - nw - 2 * w - sw;
                    int gy = sw + 2 * s + se - nw - 2 * n - ne;
                    if (Math.abs(gx) + Math.abs(gy) > most) {
                        most = Math.abs(gx) + Math.abs(gy);
                        dx[y * width + x] = gx;
                        dy[y * width + x] = gy;
                    }
                }
            }
        }
    }

    private int strength(int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return 0;
        }
        int i = y * width + x;
        return Math.abs(dx[i]) + Math.abs(dy[i]);
    }

    private byte[] strongest(int low, int high) {
        byte[] map = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int strength = strength(x, y);
                if (strength > low && isCrest(x, y, strength)) {
                    map[y * width + x] = strength > high ? EDGE : WEAK;
                }
            }
        }
        return map;
    }

    /** Whether the neighbours across the edge are weaker; of two equal ones the first counts. */
    private boolean isCrest(int x, int y, int strength) {
        int gx = dx[y * width + x];
        int gy = dy[y * width + x];
        long tan22 = (long) Math.abs(gx) * TAN_22;
        long tan67 = tan22 + ((long) Math.abs(gx) << 16);
        long steep = (long) Math.abs(gy) << 15;
        if (steep < tan22) {
            return strength > strength(x - 1, y) && strength >= strength(x + 1, y);
        }
        if (steep > tan67) {
            return strength > strength(x, y - 1) && strength >= strength(x, y + 1);
        }
        int side = (gx ^ gy) < 0 ? -1 : 1;
        return strength > strength(x - side, y - 1) && strength > strength(x + side, y + 1);
    }

    /** Makes edges of the weak ones that touch an edge. */
    private void follow(byte[] map) {
        Deque<Integer> edges = new ArrayDeque<>();
        for (int i = 0; i < map.length; i++) {
            if (map[i] == EDGE) {
                edges.push(i);
            }
        }
        while (!edges.isEmpty()) {
            int at = edges.pop();
            int x = at % width;
            int y = at / width;
            for (int ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
                for (int nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
                    int i = ny * width + nx;
                    if (map[i] == WEAK) {
                        map[i] = EDGE;
                        edges.push(i);
                    } else if (map[i] != EDGE) {
                        map[i] = NONE;
                    }
                }
            }
        }
    }
}
