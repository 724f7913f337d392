package gesso.canvas;

import gesso.image.Region;
import gesso.request.Picture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One layer: a picture that was brought in, if any, under the tiles that were painted on it. Its own coordinates begin at the
 * picture's corner; {@link Look} says where that lies. Changed on the document's thread alone; {@link #snapshot} is for others.
 */
public final class Layer {
    private final int id;
    private final LayerKind kind;
    private final @Nullable Picture base;
    private final Map<Long, Tile> tiles = new HashMap<>();
    private Look look;

    Layer(int id, LayerKind kind, Look look, @Nullable Picture base) {
        if (base != null && kind.isLevels()) {
            throw new IllegalArgumentException("A picture lies under colours alone");
        }
        this.id = id;
        this.kind = kind;
        this.look = look;
        this.base = base;
    }

    public int id() {
        return id;
    }

    public LayerKind kind() {
        return kind;
    }

    public Look look() {
        return look;
    }

    void setLook(Look value) {
        look = value;
    }

    /** The picture under the tiles; null: there is none. */
    public @Nullable Picture base() {
        return base;
    }

    Map<Long, Tile> tiles() {
        return tiles;
    }

    /** Whether nothing was ever painted on it. */
    public boolean isUntouched() {
        return tiles.isEmpty();
    }

    /** Whether any pixel is not what it is where nothing was painted. */
    public boolean isPainted() {
        return base != null || tiles.keySet().stream().anyMatch(key -> filled(key) != null);
    }

    void put(long key, @Nullable Tile tile) {
        if (tile == null) {
            tiles.remove(key);
        } else {
            tiles.put(key, tile);
        }
    }

    /** The layer as it is now, for another thread; no pixel is copied. */
    public Layer snapshot() {
        Layer copy = new Layer(id, kind, look, base);
        copy.tiles.putAll(tiles);
        return copy;
    }

    /** A copy of the tile's pixels, whatever they come from: to be painted on. */
    Tile copyOf(long key) {
        Tile tile = tiles.get(key);
        if (tile != null) {
            return tile.copy();
        }
        if (kind.isLevels()) {
            byte[] levels = new byte[Tile.PIXELS];
            Arrays.fill(levels, (byte) kind.emptyLevel());
            return Tile.levels(levels);
        }
        int[] argb = new int[Tile.PIXELS];
        if (base != null) {
            Region part = intersection(Tile.region(key), new Region(0, 0, base.width(), base.height()));
            for (int y = part == null ? 0 : part.y(); part != null && y < part.bottom(); y++) {
                int to = Tile.index(part.x(), y);
                System.arraycopy(base.argb(), y * base.width() + part.x(), argb, to, part.width());
            }
        }
        return Tile.colours(argb);
    }

    /** The pixel at the layer's own coordinates: a colour, or a level. */
    public int at(int x, int y) {
        Tile tile = tiles.get(Tile.key(x >> Tile.SHIFT, y >> Tile.SHIFT));
        if (tile != null) {
            int index = Tile.index(x, y);
            return kind.isLevels() ? tile.levels()[index] & 255 : tile.colours()[index];
        }
        if (base != null && x >= 0 && y >= 0 && x < base.width() && y < base.height()) {
            return base.at(x, y);
        }
        return kind.emptyLevel();
    }

    /** The smallest region, in the document's coordinates, that holds all that is not empty; null: nothing is there. */
    public @Nullable Region extent() {
        Region all = base == null ? null : new Region(0, 0, base.width(), base.height());
        for (long key : tiles.keySet()) {
            Region filled = filled(key);
            all = filled == null ? all : all == null ? filled : union(all, filled);
        }
        return all == null ? null : moved(all, look.x(), look.y());
    }

    private @Nullable Region filled(long key) {
        int left = Tile.SIDE;
        int right = -1;
        int top = Tile.SIDE;
        int bottom = -1;
        Tile tile = tiles.get(key);
        for (int i = 0; tile != null && i < Tile.PIXELS; i++) {
            boolean full =
                    kind.isLevels() ? (tile.levels()[i] & 255) != kind.emptyLevel() : tile.colours()[i] >>> 24 != 0;
            if (full) {
                left = Math.min(left, i & (Tile.SIDE - 1));
                right = Math.max(right, i & (Tile.SIDE - 1));
                top = Math.min(top, i >> Tile.SHIFT);
                bottom = i >> Tile.SHIFT;
            }
        }
        return right < 0
                ? null
                : moved(
                        new Region(left, top, right - left + 1, bottom - top + 1),
                        Tile.column(key) << Tile.SHIFT,
                        Tile.row(key) << Tile.SHIFT);
    }

    static Region moved(Region region, int x, int y) {
        return new Region(region.x() + x, region.y() + y, region.width(), region.height());
    }

    static Region union(Region a, Region b) {
        int x = Math.min(a.x(), b.x());
        int y = Math.min(a.y(), b.y());
        return new Region(x, y, Math.max(a.right(), b.right()) - x, Math.max(a.bottom(), b.bottom()) - y);
    }

    static @Nullable Region intersection(Region a, Region b) {
        int x = Math.max(a.x(), b.x());
        int y = Math.max(a.y(), b.y());
        int right = Math.min(a.right(), b.right());
        int bottom = Math.min(a.bottom(), b.bottom());
        return right <= x || bottom <= y ? null : new Region(x, y, right - x, bottom - y);
    }
}
