package gesso.image.control;

import gesso.request.Picture;

/** Red, green and blue as numbers, row by row, in a common size: {@code values[channel][y * width + x]}, 0–255. */
record Planes(int width, int height, float[][] values) {
    static Planes of(Picture picture) {
        float[][] values = new float[3][picture.argb().length];
        for (int i = 0; i < picture.argb().length; i++) {
            int p = picture.argb()[i];
            for (int c = 0; c < 3; c++) {
                values[c][i] = p >> (16 - 8 * c) & 255;
            }
        }
        return new Planes(picture.width(), picture.height(), values);
    }

    /** Rounded to the nearest, halves to the even one, as OpenCV rounds. */
    Picture toPicture() {
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000;
            for (int c = 0; c < 3; c++) {
                int v = (int) Math.rint(values[c][i]);
                argb[i] |= Math.min(Math.max(v, 0), 255) << (16 - 8 * c);
            }
        }
        return new Picture(width, height, argb);
    }

    /** Weighted sums along rows, then along columns. */
    Planes transformed(Taps across, Taps down) {
        float[][] out = new float[values.length][];
        for (int c = 0; c < values.length; c++) {
            float[] narrowed = new float[across.count() * height];
            for (int y = 0; y < height; y++) {
                across.apply(values[c], y * width, 1, narrowed, y * across.count(), 1);
            }
            out[c] = new float[across.count() * down.count()];
            for (int x = 0; x < across.count(); x++) {
                down.apply(narrowed, x, across.count(), out[c], x, across.count());
            }
        }
        return new Planes(across.count(), down.count(), out);
    }
}
