package gesso.canvas;

import gesso.image.Mask;
import gesso.image.MaskBlur;
import gesso.image.Region;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to a whole mask at once. Each gives the change, not yet performed; null where it changes nothing. */
public final class MaskEdits {
    private MaskEdits() {}

    /** All that was not marked inside the region, and nothing else. */
    public static @Nullable Change inverted(Layer mask, Region region) {
        return replaced(
                mask, new Mask(region.width(), region.height(), Compositor.levels(mask, region)).inverted(), region);
    }

    /** As where nothing was painted. */
    public static @Nullable Change cleared(Layer layer) {
        Map<Long, @Nullable Tile> before = new HashMap<>(layer.tiles());
        Map<Long, @Nullable Tile> after = new HashMap<>();
        before.keySet().forEach(key -> after.put(key, null));
        return before.isEmpty() ? null : new Change.Painted(layer.id(), before, after);
    }

    /** Larger by so many pixels in every direction, smaller where negative; greys keep their level. */
    public static @Nullable Change grown(Layer mask, Region region, int pixels) {
        byte[] levels = Compositor.levels(mask, region);
        byte[] out = disc(levels, region.width(), region.height(), Math.abs(pixels), pixels > 0);
        return replaced(mask, new Mask(region.width(), region.height(), out), region);
    }

    /** With soft edges: a Gaussian whose standard deviation is the radius, as the request's mask blur. */
    public static @Nullable Change feathered(Layer mask, Region region, int radius) {
        Mask levels = new Mask(region.width(), region.height(), Compositor.levels(mask, region));
        return replaced(mask, MaskBlur.blur(levels, radius), region);
    }

    /** Every level inside the region is the mask's, every one outside it empty. */
    public static @Nullable Change replaced(Layer layer, Mask by, Region region) {
        Map<Long, @Nullable Tile> before = new HashMap<>();
        Map<Long, @Nullable Tile> after = new HashMap<>();
        Region own = Layer.moved(region, -layer.look().x(), -layer.look().y());
        layer.tiles().forEach((key, tile) -> {
            before.put(key, tile);
            after.put(key, null);
        });
        Tile.each(own, key -> {
            Tile tile = tile(layer.kind(), by, own, key);
            Tile old = layer.tiles().get(key);
            if (tile != null && old != null && tile.samePixels(old)) {
                before.remove(key);
                after.remove(key);
            } else if (tile != null) {
                before.put(key, old);
                after.put(key, tile);
            }
        });
        return before.isEmpty() ? null : new Change.Painted(layer.id(), before, after);
    }

    private static @Nullable Tile tile(LayerKind kind, Mask by, Region own, long key) {
        Region part = Layer.intersection(own, Tile.region(key));
        byte[] levels = new byte[Tile.PIXELS];
        java.util.Arrays.fill(levels, (byte) kind.emptyLevel());
        boolean empty = true;
        for (int y = part == null ? 0 : part.y(); part != null && y < part.bottom(); y++) {
            int from = (y - own.y()) * own.width() + part.x() - own.x();
            int to = Tile.index(part.x(), y);
            for (int i = 0; i < part.width(); i++) {
                levels[to + i] = by.levels()[from + i];
                empty &= by.at(from + i) == kind.emptyLevel();
            }
        }
        return empty ? null : Tile.levels(levels);
    }

    /** The largest level within the distance, or the smallest: a column's running extreme, as wide as the disc is there. */
    private static byte[] disc(byte[] levels, int width, int height, int radius, boolean largest) {
        byte[] out = levels.clone();
        byte[] across = new byte[levels.length];
        for (int dy = 0; dy <= radius; dy++) {
            int half = (int) Math.floor(Math.sqrt((double) radius * radius - (double) dy * dy));
            for (int y = 0; y < height; y++) {
                extremes(levels, y * width, width, half, largest, across);
            }
            for (int y = 0; y < height; y++) {
                take(out, y, across, y - dy, width, height, largest);
                take(out, y, across, y + dy, width, height, largest);
            }
        }
        return out;
    }

    private static void take(byte[] out, int y, byte[] across, int from, int width, int height, boolean largest) {
        if (from >= 0 && from < height) {
            for (int x = 0; x < width; x++) {
                int a = out[y * width + x] & 255;
                int b = across[from * width + x] & 255;
                out[y * width + x] = (byte) (largest ? Math.max(a, b) : Math.min(a, b));
            }
        }
    }

    /** A monotone queue of indices: every pixel enters and leaves it once, whatever the radius. */
    private static void extremes(byte[] levels, int start, int width, int half, boolean largest, byte[] out) {
        int[] queue = new int[width];
        int head = 0;
        int tail = 0;
        for (int x = 0, next = 0; x < width; x++) {
            for (; next < width && next <= x + half; next++) {
                int level = levels[start + next] & 255;
                while (tail > head
                        && (largest
                                ? (levels[start + queue[tail - 1]] & 255) <= level
                                : (levels[start + queue[tail - 1]] & 255) >= level)) {
                    tail--;
                }
                queue[tail++] = next;
            }
            while (queue[head] < x - half) {
                head++;
            }
            out[start + x] = levels[start + queue[head]];
        }
    }
}
