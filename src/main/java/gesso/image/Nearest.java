package gesso.image;

import gesso.request.Picture;

/** The pixel under the middle of every new one; positions are summed up, as Pillow sums them. */
final class Nearest {
    private Nearest() {}

    static Picture resize(Picture picture, int width, int height, Resampling.Box box) {
        int[] columns = positions(width, picture.width(), box.left(), box.right());
        int[] rows = positions(height, picture.height(), box.top(), box.bottom());
        int[] out = new int[Math.multiplyExact(width, height)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[y * width + x] = picture.at(columns[x], rows[y]);
            }
        }
        return new Picture(width, height, out);
    }

    private static int[] positions(int count, int size, double from, double to) {
        int[] out = new int[count];
        double step = (to - from) / count;
        double at = from + step * 0.5;
        for (int i = 0; i < count; i++) {
            out[i] = Math.min((int) at, size - 1);
            at += step;
        }
        return out;
    }
}
