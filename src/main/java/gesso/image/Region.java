package gesso.image;

import gesso.request.Picture;

/** Whole pixels of a picture: the corner with the smallest coordinates and the size, which is never empty. */
public record Region(int x, int y, int width, int height) {
    public Region {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("An empty region: " + width + "x" + height);
        }
    }

    public int right() {
        return x + width;
    }

    public int bottom() {
        return y + height;
    }

    boolean isAll(Picture picture) {
        return x == 0 && y == 0 && width == picture.width() && height == picture.height();
    }

    public boolean contains(Region other) {
        return x <= other.x && y <= other.y && right() >= other.right() && bottom() >= other.bottom();
    }

    /** Grown by so many pixels on every side, as far as a picture of that size reaches. */
    public Region padded(int pixels, int pictureWidth, int pictureHeight) {
        int left = Math.max(x - pixels, 0);
        int top = Math.max(y - pixels, 0);
        return new Region(
                left,
                top,
                Math.min(right() + pixels, pictureWidth) - left,
                Math.min(bottom() + pixels, pictureHeight) - top);
    }

    /**
     * Grown in one direction until its sides are as those of {@code targetWidth}×{@code targetHeight}, both ways alike;
     * pushed back inside where it would leave the picture, and cut where the picture is too small (A1111's rule).
     */
    public Region expanded(int targetWidth, int targetHeight, int pictureWidth, int pictureHeight) {
        double wanted = (double) targetWidth / targetHeight;
        if ((double) width / height > wanted) {
            int[] span = grow(y, height, (int) (width / wanted - height), pictureHeight);
            return new Region(x, span[0], width, span[1]);
        }
        int[] span = grow(x, width, (int) (height * wanted - width), pictureWidth);
        return new Region(span[0], y, span[1], height);
    }

    private static int[] grow(int start, int length, int by, int limit) {
        int from = start - Math.floorDiv(by, 2);
        int to = start + length + by - Math.floorDiv(by, 2);
        if (to >= limit) {
            from -= to - limit;
            to = limit;
        }
        if (from < 0) {
            to = Math.min(to - from, limit);
            from = 0;
        }
        return new int[] {from, to - from};
    }
}
