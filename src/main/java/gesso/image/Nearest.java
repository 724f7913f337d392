package gesso.image;

import gesso.request.Picture;

/** The pixel under the middle of every new one; positions are summed up, as Pillow sums them. */
final class Nearest {
    private Nearest() {}

    static Picture resize(Picture picture, int width, int height, Resampling.Box box, Region part) {
        int[] columns = positions(width, picture.width(), box.left(), box.right());
        int[] rows = positions(height, picture.height(), box.top(), box.bottom());
        int[] out = new int[Math.multiplyExact(part.width(), part.height())];
        for (int i = 0; i < out.length; i++) {
            out[i] = picture.at(columns[part.x() + i % part.width()], rows[part.y() + i / part.width()]);
        }
        return new Picture(part.width(), part.height(), out);
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
