package gesso.image;

import gesso.request.Picture;

/** PNG's prediction of every row from its neighbours, by the usual heuristic: the least sum of absolute differences. */
final class PngFilter {
    private static final int NONE = 0;
    private static final int SUB = 1;
    private static final int UP = 2;
    private static final int PAETH = 4;
    private static final int[] TRIED = {NONE, SUB, UP, PAETH};

    private final Picture picture;
    private final int channels;

    PngFilter(Picture picture, int channels) {
        this.picture = picture;
        this.channels = channels;
    }

    /** All rows, each behind the number of its filter. */
    byte[] rows() {
        int length = picture.width() * channels;
        byte[] out = new byte[Math.multiplyExact(length + 1, picture.height())];
        // One pixel of zeros stands left of every row and one row of zeros above the first.
        byte[] above = new byte[length + channels];
        byte[] row = new byte[length + channels];
        byte[] candidate = new byte[length];
        for (int y = 0; y < picture.height(); y++) {
            load(y, row);
            int at = y * (length + 1);
            long best = Long.MAX_VALUE;
            for (int filter : TRIED) {
                long cost = filter(filter, row, above, candidate);
                if (cost < best) {
                    best = cost;
                    out[at] = (byte) filter;
                    System.arraycopy(candidate, 0, out, at + 1, length);
                }
            }
            byte[] swap = above;
            above = row;
            row = swap;
        }
        return out;
    }

    private void load(int y, byte[] row) {
        int at = channels;
        for (int x = 0; x < picture.width(); x++) {
            int p = picture.at(x, y);
            row[at++] = (byte) (p >> 16);
            row[at++] = (byte) (p >> 8);
            row[at++] = (byte) p;
            if (channels == 4) {
                row[at++] = (byte) (p >>> 24);
            }
        }
    }

    private long filter(int filter, byte[] row, byte[] above, byte[] out) {
        long cost = 0;
        for (int i = 0; i < out.length; i++) {
            int left = row[i] & 255;
            int up = above[i + channels] & 255;
            int predicted =
                    switch (filter) {
                        case SUB -> left;
                        case UP -> up;
                        case PAETH -> paeth(left, up, above[i] & 255);
                        default -> 0;
                    };
            out[i] = (byte) (row[i + channels] - predicted);
            cost += Math.abs(out[i]);
        }
        return cost;
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
