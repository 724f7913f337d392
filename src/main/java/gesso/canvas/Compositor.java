package gesso.canvas;

import gesso.image.Region;
import gesso.request.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Layers over one another. Colours come out as pictures have them, not premultiplied; where one is opaque, to the bit. */
public final class Compositor {
    /** What a mask is tinted with. */
    public static final int MASK_TINT = 0xFFE5484D;

    /** What a strength map is tinted with where the strength does not count in full. */
    public static final int STRENGTH_TINT = 0xFF3E8BFF;

    private Compositor() {}

    /** The layers that are visible, in a picture of the region's size. */
    public static Picture picture(List<Layer> layers, Predicate<Layer> which, Region region) {
        int[] argb = new int[Math.multiplyExact(region.width(), region.height())];
        compose(layers, which, region, argb, 0, region.width());
        return new Picture(region.width(), region.height(), argb);
    }

    /** The levels of one layer inside the region. */
    public static byte[] levels(Layer layer, Region region) {
        byte[] out = new byte[Math.multiplyExact(region.width(), region.height())];
        if (layer.kind().emptyLevel() != 0) {
            Arrays.fill(out, (byte) layer.kind().emptyLevel());
        }
        Region own = Layer.moved(region, -layer.look().x(), -layer.look().y());
        Tile.each(own, key -> {
            Region part = Layer.intersection(own, Tile.region(key));
            Tile tile = layer.tiles().get(key);
            if (tile != null && part != null) {
                for (int y = part.y(); y < part.bottom(); y++) {
                    System.arraycopy(
                            tile.levels(),
                            Tile.index(part.x(), y),
                            out,
                            (y - own.y()) * own.width() + part.x() - own.x(),
                            part.width());
                }
            }
        });
        return out;
    }

    /** Composes the region into {@code out}, whose rows are {@code stride} apart and which begins at {@code start}. */
    static void compose(List<Layer> layers, Predicate<Layer> which, Region region, int[] out, int start, int stride) {
        for (int y = 0; y < region.height(); y++) {
            Arrays.fill(out, start + y * stride, start + y * stride + region.width(), 0);
        }
        for (Layer layer : layers) {
            int opacity = (int) Math.round(255 * layer.look().opacity());
            if (layer.look().visible() && opacity > 0 && which.test(layer)) {
                Region own =
                        Layer.moved(region, -layer.look().x(), -layer.look().y());
                Tile.each(own, key -> {
                    Region part = Layer.intersection(own, Tile.region(key));
                    if (part != null) {
                        int at = start + (part.y() - own.y()) * stride + part.x() - own.x();
                        lay(layer, key, part, opacity, out, at, stride);
                    }
                });
            }
        }
    }

    private static void lay(Layer layer, long key, Region part, int opacity, int[] out, int at, int stride) {
        Tile tile = layer.tiles().get(key);
        Picture base = layer.base();
        if (tile != null) {
            for (int y = 0; y < part.height(); y++) {
                int from = Tile.index(part.x(), part.y() + y);
                if (layer.kind().isLevels()) {
                    tint(layer.kind(), tile.levels(), from, part.width(), opacity, out, at + y * stride);
                } else {
                    over(tile.colours(), from, part.width(), opacity, out, at + y * stride);
                }
            }
        } else if (base != null) {
            Region inside = Layer.intersection(part, new Region(0, 0, base.width(), base.height()));
            for (int y = inside == null ? 0 : inside.y(); inside != null && y < inside.bottom(); y++) {
                over(
                        base.argb(),
                        y * base.width() + inside.x(),
                        inside.width(),
                        opacity,
                        out,
                        at + (y - part.y()) * stride + inside.x() - part.x());
            }
        }
    }

    private static void over(int[] colours, int from, int count, int opacity, int[] out, int to) {
        for (int i = 0; i < count; i++) {
            int colour = colours[from + i];
            int alpha = opacity == 255 ? colour >>> 24 : Ink.div255((colour >>> 24) * opacity);
            out[to + i] = alpha == 255 ? colour : Ink.over(colour, alpha, out[to + i]);
        }
    }

    private static void tint(LayerKind kind, byte[] levels, int from, int count, int opacity, int[] out, int to) {
        int colour = kind == LayerKind.MASK ? MASK_TINT : STRENGTH_TINT;
        for (int i = 0; i < count; i++) {
            int level = Math.abs((levels[from + i] & 255) - kind.emptyLevel());
            if (level != 0) {
                out[to + i] = Ink.over(colour, Ink.div255(level * opacity), out[to + i]);
            }
        }
    }

    /** The colour that is seen at a pixel, masks and maps left out; null: nothing is there. */
    public static @Nullable Integer colourAt(List<Layer> layers, int x, int y) {
        int colour = picture(layers, layer -> !layer.kind().isLevels(), new Region(x, y, 1, 1))
                .at(0, 0);
        return colour >>> 24 == 0 ? null : colour;
    }
}
