package gesso.canvas;

import gesso.image.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a document, halved as often as a view needs: level n has a pixel for 2ⁿ×2ⁿ. Level 0 is composed anew each
 * time; the others are kept by tiles and renewed where something was painted. Together they take a third of the picture.
 */
public final class Pyramid {
    private static final int HIGHEST = 8;

    private final CanvasDocument document;
    private final List<Map<Long, int[]>> kept = new ArrayList<>();

    public Pyramid(CanvasDocument document) {
        this.document = document;
        for (int level = 0; level <= HIGHEST; level++) {
            kept.add(new HashMap<>());
        }
    }

    /** The level to sample at a scale: the smallest copy that has at least the screen's resolution. */
    public static int level(double scale) {
        int level = 0;
        while (level < HIGHEST && scale <= 0.5) {
            scale *= 2;
            level++;
        }
        return level;
    }

    /** Says what has to be composed again; null: everything. */
    public void changed(@Nullable Region region) {
        for (int level = 1; level <= HIGHEST; level++) {
            Map<Long, int[]> tiles = kept.get(level);
            if (region == null) {
                tiles.clear();
            } else if (!tiles.isEmpty()) {
                renew(level, region);
            }
        }
    }

    private void renew(int level, Region region) {
        Region small = reduced(region, level);
        Tile.each(small, key -> {
            int[] tile = kept.get(level).get(key);
            Region part = Layer.intersection(small, Tile.region(key));
            if (tile != null && part != null) {
                fill(level, key, part, tile);
            }
        });
    }

    /** The region of a level that shows a region of the document. */
    static Region reduced(Region region, int level) {
        int x = region.x() >> level;
        int y = region.y() >> level;
        return new Region(x, y, ((region.right() - 1) >> level) - x + 1, ((region.bottom() - 1) >> level) - y + 1);
    }

    /** A region of a level, in the level's coordinates, into {@code out}, whose rows are {@code stride} apart. */
    public void read(int level, Region region, int[] out, int start, int stride) {
        if (level == 0) {
            Compositor.compose(document.layers(), layer -> true, region, out, start, stride);
            return;
        }
        List<Long> missing = new ArrayList<>();
        Tile.each(region, key -> {
            if (!kept.get(level).containsKey(key)) {
                missing.add(key);
            }
        });
        make(level, missing);
        Tile.each(region, key -> {
            Region part = Layer.intersection(region, Tile.region(key));
            int[] tile = kept.get(level).get(key);
            for (int y = part == null ? 0 : part.y(); part != null && tile != null && y < part.bottom(); y++) {
                int from = Tile.index(part.x(), y);
                int to = start + (y - region.y()) * stride + part.x() - region.x();
                System.arraycopy(tile, from, out, to, part.width());
            }
        });
    }

    private void make(int level, List<Long> keys) {
        if (level > 1) {
            List<Long> below = new ArrayList<>();
            for (long key : keys) {
                Region region = Tile.region(key);
                Tile.each(new Region(2 * region.x(), 2 * region.y(), 2 * Tile.SIDE, 2 * Tile.SIDE), child -> {
                    if (isInside(level - 1, child) && !kept.get(level - 1).containsKey(child)) {
                        below.add(child);
                    }
                });
            }
            make(level - 1, below);
        }
        int[][] made = new int[keys.size()][];
        IntStream.range(0, made.length).parallel().forEach(i -> {
            made[i] = new int[Tile.PIXELS];
            fill(level, keys.get(i), Tile.region(keys.get(i)), made[i]);
        });
        for (int i = 0; i < made.length; i++) {
            kept.get(level).put(keys.get(i), made[i]);
        }
    }

    private boolean isInside(int level, long key) {
        Region bounds = document.bounds();
        return bounds != null && Layer.intersection(reduced(bounds, level), Tile.region(key)) != null;
    }

    private void fill(int level, long key, Region part, int[] tile) {
        int stride = 2 * part.width();
        int[] larger = new int[stride * 2 * part.height()];
        Region below = new Region(2 * part.x(), 2 * part.y(), 2 * part.width(), 2 * part.height());
        if (level == 1) {
            Compositor.compose(document.layers(), layer -> true, below, larger, 0, stride);
        } else {
            copy(level - 1, below, larger);
        }
        Region whole = Tile.region(key);
        for (int y = 0; y < part.height(); y++) {
            int to = (part.y() - whole.y() + y) * Tile.SIDE + part.x() - whole.x();
            for (int x = 0; x < part.width(); x++) {
                int from = 2 * y * stride + 2 * x;
                tile[to + x] = mean(larger[from], larger[from + 1], larger[from + stride], larger[from + stride + 1]);
            }
        }
    }

    private void copy(int level, Region region, int[] out) {
        Tile.each(region, key -> {
            Region part = Layer.intersection(region, Tile.region(key));
            int[] tile = kept.get(level).get(key);
            for (int y = part == null ? 0 : part.y(); part != null && tile != null && y < part.bottom(); y++) {
                int from = Tile.index(part.x(), y);
                System.arraycopy(
                        tile, from, out, (y - region.y()) * region.width() + part.x() - region.x(), part.width());
            }
        });
    }

    /** The mean of four colours, each as much as it is opaque. */
    static int mean(int a, int b, int c, int d) {
        if ((a & b & c & d) >>> 24 == 255) {
            return 0xFF000000
                    | (((a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255) + 2) >> 2) << 16
                    | (((a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255) + 2) >> 2) << 8
                    | ((a & 255) + (b & 255) + (c & 255) + (d & 255) + 2) >> 2;
        }
        int alpha = (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24);
        if (alpha == 0) {
            return 0;
        }
        int out = ((alpha + 2) >> 2) << 24;
        for (int shift = 0; shift <= 16; shift += 8) {
            int sum = (a >> shift & 255) * (a >>> 24)
                    + (b >> shift & 255) * (b >>> 24)
                    + (c >> shift & 255) * (c >>> 24)
                    + (d >> shift & 255) * (d >>> 24);
            out |= ((sum + alpha / 2) / alpha) << shift;
        }
        return out;
    }
}
