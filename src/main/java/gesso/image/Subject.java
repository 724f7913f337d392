package gesso.image;

import gesso.request.Picture;

/** What lies before a plain background. */
public final class Subject {
    /** Colours that differ by less in each channel are the background's. */
    private static final int TOLERANCE = 40;

    /** The share of a row or column that must differ: less is noise, or a speck. */
    private static final double LEAST_SHARE = 0.03;

    /** A subject that already takes this share of the picture's smaller side stays as it is. */
    private static final double LARGE = 0.75;

    private static final double MARGIN = 0.12;

    private Subject() {}

    /**
     * The square about the subject, with a margin, where it is small and the background plain; else the whole picture.
     *
     * @param picture opaque
     */
    public static Picture closeUp(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        int ground = picture.at(0, 0);
        boolean plain = isLike(ground, picture.at(width - 1, 0))
                && isLike(ground, picture.at(0, height - 1))
                && isLike(ground, picture.at(width - 1, height - 1));
        if (!plain) {
            return picture;
        }
        int[] across = extent(picture, ground, true);
        int[] down = extent(picture, ground, false);
        int large = Math.max(across[1] - across[0], down[1] - down[0]);
        if (large <= 0 || large >= LARGE * Math.min(width, height)) {
            return picture;
        }
        int side = Math.min(Math.min(width, height), (int) Math.ceil(large * (1 + 2 * MARGIN)));
        int x = inside((across[0] + across[1] - side) / 2, width - side);
        int y = inside((down[0] + down[1] - side) / 2, height - side);
        return Blending.crop(picture, new Region(x, y, side, side));
    }

    /** From the first column (or row) that is not all background to the one after the last. */
    private static int[] extent(Picture picture, int ground, boolean columns) {
        int lines = columns ? picture.width() : picture.height();
        int length = columns ? picture.height() : picture.width();
        int first = lines;
        int end = 0;
        for (int line = 0; line < lines; line++) {
            int other = 0;
            for (int i = 0; i < length; i++) {
                int pixel = columns ? picture.at(line, i) : picture.at(i, line);
                other += isLike(ground, pixel) ? 0 : 1;
            }
            if (other > LEAST_SHARE * length) {
                first = Math.min(first, line);
                end = line + 1;
            }
        }
        return new int[] {first, end};
    }

    private static int inside(int start, int most) {
        return Math.max(0, Math.min(start, most));
    }

    private static boolean isLike(int a, int b) {
        for (int shift = 0; shift < 24; shift += 8) {
            if (Math.abs((a >> shift & 255) - (b >> shift & 255)) >= TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
