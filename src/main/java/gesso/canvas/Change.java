package gesso.canvas;

import gesso.image.Region;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step that can be undone, and done again. */
public sealed interface Change {
    /** Tiles of a layer; null: a tile that is not there. Both maps have the same keys. */
    record Painted(int layer, Map<Long, @Nullable Tile> before, Map<Long, @Nullable Tile> after) implements Change {}

    /**
     * A layer that came ({@code added}) or went.
     *
     * @param index of it among the layers, the lowest is 0
     */
    record Presence(Layer layer, int index, boolean added) implements Change {}

    record Looks(int layer, Look before, Look after) implements Change {}

    record Order(int from, int to) implements Change {}

    /** The canvas and the frame; null: there is none. */
    record Extent(Span before, Span after) implements Change {}

    /** A control of the recipe, in its text form. */
    record Parameter(String name, String before, String after) implements Change {}

    record Several(List<Change> changes) implements Change {}

    /**
     * How far the document reaches.
     *
     * @param bounds of the canvas
     * @param frame what will be generated
     */
    record Span(@Nullable Region bounds, @Nullable Region frame) {
        public static final Span NONE = new Span(null, null);
    }

    /** What brings back how it was. */
    default Change inverse() {
        if (this instanceof Painted c) {
            return new Painted(c.layer, c.after, c.before);
        } else if (this instanceof Presence c) {
            return new Presence(c.layer, c.index, !c.added);
        } else if (this instanceof Looks c) {
            return new Looks(c.layer, c.after, c.before);
        } else if (this instanceof Order c) {
            return new Order(c.to, c.from);
        } else if (this instanceof Extent c) {
            return new Extent(c.after, c.before);
        } else if (this instanceof Parameter c) {
            return new Parameter(c.name, c.after, c.before);
        } else if (this instanceof Several c) {
            Change[] reversed = new Change[c.changes.size()];
            for (int i = 0; i < reversed.length; i++) {
                reversed[reversed.length - 1 - i] = c.changes.get(i).inverse();
            }
            return new Several(List.of(reversed));
        }
        throw new IllegalStateException();
    }
}
