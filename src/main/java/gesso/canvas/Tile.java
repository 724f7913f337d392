package gesso.canvas;

import gesso.image.Region;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@value #SIDE}² pixels of a layer, rows from the top: colours as {@code 0xAARRGGBB}, not premultiplied, or levels of 0–255.
 * Nobody changes a tile once the stroke that made it has ended.
 */
public final class Tile {
    public static final int SIDE = 256;
    static final int SHIFT = 8;
    static final int PIXELS = SIDE * SIDE;

    private final int @Nullable [] colours;
    private final byte @Nullable [] levels;

    private Tile(int @Nullable [] colours, byte @Nullable [] levels) {
        this.colours = colours;
        this.levels = levels;
    }

    static Tile colours(int[] argb) {
        return new Tile(argb, null);
    }

    static Tile levels(byte[] levels) {
        return new Tile(null, levels);
    }

    /** The colours. @throws IllegalStateException where it holds levels */
    public int[] colours() {
        if (colours == null) {
            throw new IllegalStateException("A tile of levels");
        }
        return colours;
    }

    /** The levels. @throws IllegalStateException where it holds colours */
    public byte[] levels() {
        if (levels == null) {
            throw new IllegalStateException("A tile of colours");
        }
        return levels;
    }

    boolean isLevels() {
        return levels != null;
    }

    int bytes() {
        return levels == null ? 4 * PIXELS : PIXELS;
    }

    Tile copy() {
        return new Tile(colours == null ? null : colours.clone(), levels == null ? null : levels.clone());
    }

    boolean samePixels(Tile other) {
        return Arrays.equals(colours, other.colours) && Arrays.equals(levels, other.levels);
    }

    /** Where a pixel of the layer lies in its tile. */
    static int index(int x, int y) {
        return ((y & (SIDE - 1)) << SHIFT) | (x & (SIDE - 1));
    }

    /** The name of the tile at these tile coordinates, which may be negative. */
    static long key(int column, int row) {
        return (long) row << 32 | (column & 0xFFFFFFFFL);
    }

    static int column(long key) {
        return (int) key;
    }

    static int row(long key) {
        return (int) (key >> 32);
    }

    static Region region(long key) {
        return new Region(column(key) << SHIFT, row(key) << SHIFT, SIDE, SIDE);
    }

    /** Calls it with every tile that the region touches. */
    static void each(Region region, LongConsumer action) {
        for (int row = region.y() >> SHIFT; row <= (region.bottom() - 1) >> SHIFT; row++) {
            for (int column = region.x() >> SHIFT; column <= (region.right() - 1) >> SHIFT; column++) {
                action.accept(key(column, row));
            }
        }
    }
}
