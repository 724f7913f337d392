package gesso.canvas;

import gesso.image.Mask;
import gesso.image.Region;
import gesso.request.Picture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a canvas, without its history: what a file of it holds.
 *
 * @param parts its layers, the lowest first
 */
public record Contents(Change.Span span, List<Part> parts) {
    /**
     * One layer.
     *
     * @param look {@code x} and {@code y} are the picture's corner
     * @param picture its pixels; of masks and maps the levels as opaque greys; null: nothing is on it
     */
    public record Part(LayerKind kind, Look look, @Nullable Picture picture) {}

    public Contents {
        parts = List.copyOf(parts);
    }

    /**
     * As they are now; may take seconds, so a snapshot of the layers is given to another thread.
     *
     * @param layers {@link Layer#snapshot}s, the lowest first
     */
    public static Contents of(Change.Span span, List<Layer> layers) {
        return new Contents(span, layers.stream().map(Contents::part).toList());
    }

    private static Part part(Layer layer) {
        Picture base = layer.base();
        if (base != null && layer.isUntouched()) {
            return new Part(layer.kind(), layer.look(), base);
        }
        Region extent = layer.extent();
        if (extent == null) {
            return new Part(layer.kind(), layer.look(), null);
        }
        int left = extent.x() - layer.look().x();
        int top = extent.y() - layer.look().y();
        int[] argb = new int[Math.multiplyExact(extent.width(), extent.height())];
        for (int y = 0; y < extent.height(); y++) {
            for (int x = 0; x < extent.width(); x++) {
                int value = layer.at(left + x, top + y);
                argb[y * extent.width() + x] = layer.kind().isLevels() ? 0xFF000000 | (value * 0x010101) : value;
            }
        }
        Picture picture = new Picture(extent.width(), extent.height(), argb);
        return new Part(layer.kind(), layer.look().at(extent.x(), extent.y()), picture);
    }

    /** What puts them in the place of all that is on a canvas: one step, that can be undone. */
    public Change replacing(CanvasDocument document) {
        List<Change> steps = new ArrayList<>(removal(document));
        steps.add(new Change.Extent(document.span(), span));
        for (int i = 0; i < parts.size(); i++) {
            steps.add(new Change.Presence(layer(document, parts.get(i)), i, true));
        }
        return new Change.Several(steps);
    }

    /** What takes all layers away. */
    public static List<Change> removal(CanvasDocument document) {
        List<Change> steps = new ArrayList<>();
        List<Layer> layers = document.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            steps.add(new Change.Presence(layers.get(i), i, false));
        }
        return steps;
    }

    private static Layer layer(CanvasDocument document, Part part) {
        Picture picture = part.picture;
        if (picture == null || !part.kind.isLevels()) {
            return document.newLayer(part.kind, part.look, picture);
        }
        Layer layer = document.newLayer(part.kind, part.look, null);
        byte[] levels = new byte[picture.argb().length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) picture.argb()[i];
        }
        Region region = new Region(part.look.x(), part.look.y(), picture.width(), picture.height());
        Change change = MaskEdits.replaced(layer, new Mask(picture.width(), picture.height(), levels), region);
        if (change instanceof Change.Painted painted) {
            painted.after().forEach(layer::put);
        }
        return layer;
    }
}
