package gesso.canvas;

import gesso.image.Region;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of painting on one layer: however often a pixel is covered, it gets the ink once, by the largest coverage, so that a
 * stroke that crosses itself stays even. Ends as a {@link Change}.
 */
public final class Painting {
    private final Layer layer;
    private final Ink ink;
    private final int opacity;
    private final @Nullable Region clip;
    private final Map<Long, @Nullable Tile> before = new HashMap<>();
    private final Map<Long, Work> works = new HashMap<>();
    private final int[] line = new int[Tile.SIDE];

    /** A tile in work: how it was, how it is, and how much of each pixel is covered. */
    private record Work(Tile origin, Tile now, byte[] covered) {}

    /**
     * Nothing is painted yet.
     *
     * @param opacity 0–1
     * @param clip outside it nothing is painted, in the document's coordinates; null: there is no outside
     */
    public Painting(Layer layer, Ink ink, double opacity, @Nullable Region clip) {
        this.layer = layer;
        this.ink = ink;
        this.opacity = (int) Math.round(255 * opacity);
        this.clip = clip;
    }

    public Layer layer() {
        return layer;
    }

    /** Paints what is covered. Returns what changed, in the document's coordinates; null: nothing. */
    public @Nullable Region cover(Coverage coverage) {
        Region bounds = clip == null ? coverage.bounds() : Layer.intersection(coverage.bounds(), clip);
        if (bounds == null) {
            return null;
        }
        int dx = layer.look().x();
        int dy = layer.look().y();
        Region own = Layer.moved(bounds, -dx, -dy);
        Tile.each(own, key -> {
            Region part = Layer.intersection(own, Tile.region(key));
            if (part != null) {
                tile(key, part, coverage, dx, dy);
            }
        });
        return bounds;
    }

    private void tile(long key, Region part, Coverage coverage, int dx, int dy) {
        Work work = works.get(key);
        for (int y = part.y(); y < part.bottom(); y++) {
            coverage.row(y + dy, part.x() + dx, part.width(), line);
            int first = Tile.index(part.x(), y);
            for (int i = 0; i < part.width(); i++) {
                if (line[i] != 0) {
                    if (work == null) {
                        work = begin(key);
                    }
                    if (line[i] > (work.covered[first + i] & 255)) {
                        work.covered[first + i] = (byte) line[i];
                        paint(work, first + i, Ink.div255(line[i] * opacity));
                    }
                }
            }
        }
    }

    private Work begin(long key) {
        before.put(key, layer.tiles().get(key));
        Tile origin = layer.copyOf(key);
        Work work = new Work(origin, origin.copy(), new byte[Tile.PIXELS]);
        works.put(key, work);
        layer.put(key, work.now);
        return work;
    }

    private void paint(Work work, int index, int amount) {
        if (layer.kind().isLevels()) {
            int target = ink.erase() ? layer.kind().emptyLevel() : ink.level();
            work.now.levels()[index] = (byte) ink.onLevel(work.origin.levels()[index] & 255, target, amount);
        } else {
            work.now.colours()[index] = ink.onColour(work.origin.colours()[index], amount);
        }
    }

    /** What was done, to be undone as one step; null: nothing was touched. */
    public @Nullable Change end() {
        Map<Long, @Nullable Tile> after = new HashMap<>();
        works.forEach((key, work) -> after.put(key, work.now));
        works.clear();
        return after.isEmpty() ? null : new Change.Painted(layer.id(), before, after);
    }
}
