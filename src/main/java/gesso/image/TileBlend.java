package gesso.image;

import gesso.request.Picture;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * A picture computed in overlapping tiles of one size, put together without seams: in the middle of an overlap one tile fades
 * into the next. No more than a row of tiles is held as floats.
 */
public final class TileBlend {
    /** Where tiles lie along one axis. */
    private final Axis across;

    private final Axis down;
    private final int scale;

    /**
     * The tiles of a picture.
     *
     * @param side of a tile in the source's pixels, more than twice the overlap; a smaller picture is one tile
     * @param overlap of two neighbours at least, in the source's pixels
     * @param scale how much larger the tiles come back
     */
    public TileBlend(Size source, int side, int overlap, int scale) {
        across = new Axis(source.width(), side, overlap);
        down = new Axis(source.height(), side, overlap);
        this.scale = scale;
    }

    /** How many tiles there are. */
    public int count() {
        return across.count() * down.count();
    }

    /** What makes a tile of the source anew, larger. */
    @FunctionalInterface
    public interface Maker {
        /**
         * One tile.
         *
         * @param index from 0, row by row
         * @param region of the source
         * @return [1, 3, scale·height, scale·width], 0–1
         */
        FloatTensor make(int index, Region region);
    }

    /**
     * Makes all tiles, row by row, and blends them as they are: latents, moments, or pictures of another range.
     *
     * @param channels of each tile, which has the shape [1, channels, scale·height, scale·width]
     * @return [1, channels, scale·height, scale·width] of the whole
     */
    public FloatTensor blend(int channels, Maker maker) {
        int width = across.length * scale;
        int height = down.length * scale;
        float[][] planes = new float[channels][Math.multiplyExact(width, height)];
        for (int row = 0; row < down.count(); row++) {
            for (int column = 0; column < across.count(); column++) {
                Region region = new Region(across.at(column), down.at(row), across.side, down.side);
                FloatTensor tile = maker.make(row * across.count() + column, region);
                add(tile, column, row, planes, width, region.y() * scale);
            }
        }
        float[] out = new float[Math.multiplyExact(channels, width * height)];
        for (int c = 0; c < channels; c++) {
            System.arraycopy(planes[c], 0, out, c * width * height, width * height);
        }
        return FloatTensor.of(out, 1, channels, height, width);
    }

    /** Makes all tiles, row by row, and the picture of them; opaque. */
    public Picture make(Maker maker) {
        int width = across.length * scale;
        int height = down.length * scale;
        int[] out = new int[Math.multiplyExact(width, height)];
        float[][] strip = new float[3][Math.multiplyExact(width, down.side * scale)];
        for (int row = 0; row < down.count(); row++) {
            for (int column = 0; column < across.count(); column++) {
                Region region = new Region(across.at(column), down.at(row), across.side, down.side);
                add(maker.make(row * across.count() + column, region), column, row, strip, width, 0);
            }
            int top = down.at(row) * scale;
            int end = row + 1 < down.count() ? down.at(row + 1) * scale : height;
            flush(strip, width, out, top, end);
        }
        return new Picture(width, height, out);
    }

    private void add(FloatTensor tile, int column, int row, float[][] planes, int width, int top) {
        float[] x = across.weights(column, scale);
        float[] y = down.weights(row, scale);
        int left = across.at(column) * scale;
        int area = x.length * y.length;
        if (tile.size() != planes.length * area) {
            throw new IllegalStateException(tile + " for a tile of " + x.length + "x" + y.length);
        }
        for (int c = 0; c < planes.length; c++) {
            for (int j = 0; j < y.length; j++) {
                int from = c * area + j * x.length;
                int to = (top + j) * width + left;
                for (int i = 0; i < x.length; i++) {
                    planes[c][to + i] += tile.data()[from + i] * x[i] * y[j];
                }
            }
        }
    }

    /** Writes the rows that no later tile touches, and moves the others up. */
    private static void flush(float[][] strip, int width, int[] out, int top, int end) {
        int done = (end - top) * width;
        IntBinaryOperator level = (c, i) -> Math.round(Math.min(Math.max(strip[c][i], 0), 1) * 255);
        for (int i = 0; i < done; i++) {
            out[top * width + i] =
                    0xFF000000 | level.applyAsInt(0, i) << 16 | level.applyAsInt(1, i) << 8 | level.applyAsInt(2, i);
        }
        for (float[] plane : strip) {
            System.arraycopy(plane, done, plane, 0, plane.length - done);
            Arrays.fill(plane, plane.length - done, plane.length, 0);
        }
    }

    /** Evenly spread tiles over a length. */
    private static final class Axis {
        private final int length;
        private final int side;
        private final int overlap;

        Axis(int length, int side, int overlap) {
            this.length = length;
            this.side = Math.min(side, length);
            this.overlap = overlap;
        }

        int count() {
            return length == side ? 1 : ceil(length - overlap, side - overlap);
        }

        int at(int index) {
            return count() == 1 ? 0 : (int) ((long) index * (length - side) / (count() - 1));
        }

        /** How much each pixel of a tile counts; those of all tiles add up to 1 everywhere. */
        float[] weights(int index, int scale) {
            float[] weights = new float[side * scale];
            for (int i = 0; i < weights.length; i++) {
                double position = at(index) * (double) scale + i + 0.5;
                weights[i] = (float) ((index == 0 ? 1 : faded(index, position, scale))
                        - (index == count() - 1 ? 0 : faded(index + 1, position, scale)));
            }
            return weights;
        }

        /** How far the tile has taken over from the one before it: 0–1. */
        private double faded(int index, double position, int scale) {
            double middle = (at(index) + at(index - 1) + side) / 2.0 * scale;
            double width = Math.max(overlap / 2.0 * scale, 1e-6);
            return Math.min(Math.max((position - middle) / width + 0.5, 0), 1);
        }

        private static int ceil(int a, int b) {
            return (a + b - 1) / b;
        }
    }
}
