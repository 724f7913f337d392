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

    /** Writes the differences from what the filter predicts; how large they are is its cost. */
    private long filter(int filter, byte[] row, byte[] above, byte[] out) {
        int n = channels;
        switch (filter) {
            case SUB -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (byte) (row[i + n] - row[i]);
                }
            }
            case UP -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (byte) (row[i + n] - above[i + n]);
                }
            }
            case PAETH -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (byte) (row[i + n] - paeth(row[i] & 255, above[i + n] & 255, above[i] & 255));
                }
            }
            default -> System.arraycopy(row, n, out, 0, out.length);
        }
        int cost = 0;
        for (byte difference : out) {
            cost += Math.abs(difference);
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
