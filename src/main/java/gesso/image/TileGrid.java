package gesso.image;

import gesso.request.Picture;
import gesso.request.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A picture in overlapping tiles of one size, and the picture that tiles of that grid make: A1111's {@code split_grid} and
 * {@code combine_grid}, to the bit. Each tile fades in over the one before it at its left and its upper edge.
 */
public final class TileGrid {
    private static final int BLACK = 0xFF000000;

    private final Size picture;
    private final Size tile;
    private final int overlap;
    private final int[] left;
    private final int[] top;

    /**
     * The tiles of a picture.
     *
     * @param tile no larger than the picture
     * @param overlap of two neighbours at least; less than the tile's sides
     */
    public TileGrid(Size picture, Size tile, int overlap) {
        this.picture = picture;
        this.tile = tile;
        this.overlap = overlap;
        left = starts(picture.width(), tile.width(), overlap);
        top = starts(picture.height(), tile.height(), overlap);
    }

    private static int[] starts(int length, int side, int overlap) {
        if (side > length || overlap >= side) {
            throw new IllegalArgumentException("tiles of " + side + " over " + length + ", overlapping by " + overlap);
        }
        int step = side - overlap;
        int count = Math.max((length - overlap + step - 1) / step, 1);
        double distance = count > 1 ? (double) (length - side) / (count - 1) : 0;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.min((int) (i * distance), length - side);
        }
        return starts;
    }

    /** Where the tiles lie, row by row. */
    public List<Region> tiles() {
        List<Region> tiles = new ArrayList<>();
        for (int y : top) {
            for (int x : left) {
                tiles.add(new Region(x, y, tile.width(), tile.height()));
            }
        }
        return tiles;
    }

    /**
     * The picture of all tiles, opaque.
     *
     * @param made one for each of {@link #tiles}, in their order, of the tile's size
     */
    public Picture combine(List<Picture> made) {
        int[] out = black(picture.height());
        for (int row = 0; row < top.length; row++) {
            int[] strip = black(tile.height());
            for (int column = 0; column < left.length; column++) {
                across(made.get(row * left.length + column), strip, left[column]);
            }
            down(strip, out, top[row]);
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    private int[] black(int height) {
        int[] pixels = new int[Math.multiplyExact(picture.width(), height)];
        Arrays.fill(pixels, BLACK);
        return pixels;
    }

    private void across(Picture made, int[] strip, int x) {
        for (int y = 0; y < tile.height(); y++) {
            for (int i = 0; i < tile.width(); i++) {
                int at = y * picture.width() + x + i;
                strip[at] = x > 0 && i < overlap ? Blending.mixed(strip[at], made.at(i, y), weight(i)) : made.at(i, y);
            }
        }
    }

    private void down(int[] strip, int[] out, int y) {
        int width = picture.width();
        for (int j = 0; j < tile.height(); j++) {
            for (int x = 0; x < width; x++) {
                int at = (y + j) * width + x;
                int over = strip[j * width + x];
                out[at] = y > 0 && j < overlap ? Blending.mixed(out[at], over, weight(j)) : over;
            }
        }
    }

    /** How far a tile has faded in, so many pixels from its edge: 0–255, in single precision and cut off. */
    private int weight(int pixels) {
        return (int) (pixels * 255f / overlap);
    }
}
