package gesso.image;

import gesso.request.Picture;

/** The eight ways a camera may have been held, as EXIF numbers them. */
final class Orientation {
    private Orientation() {}

    /** @param orientation 1–8; 1: as stored, 3: upside down, 6: to be turned right, 8: left, the others mirrored */
    static Picture upright(Picture stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        int width = stored.width();
        int height = stored.height();
        boolean swapped = orientation >= 5;
        int outWidth = swapped ? height : width;
        int outHeight = swapped ? width : height;
        boolean mirrorX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean mirrorY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int[] out = new int[stored.argb().length];
        for (int y = 0; y < outHeight; y++) {
            for (int x = 0; x < outWidth; x++) {
                int sx = swapped ? y : x;
                int sy = swapped ? x : y;
                out[y * outWidth + x] = stored.at(mirrorX ? width - 1 - sx : sx, mirrorY ? height - 1 - sy : sy);
            }
        }
        return new Picture(outWidth, outHeight, out);
    }
}
