package gesso.canvas;

import gesso.image.Region;
import gesso.request.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The canvas: layers, the lowest first, the bounds that are shown, and the frame that will be generated. Everything that is done
 * goes through {@link #perform}, which makes it a step of the {@link History}. On one thread.
 */
public final class CanvasDocument {
    private final List<Layer> layers = new ArrayList<>();
    private final History history;
    private final List<Consumer<@Nullable Region>> listeners = new ArrayList<>();
    private BiConsumer<String, String> parameters = (name, value) -> {};
    private Change.Span span = Change.Span.NONE;
    private int nextId = 1;

    /** An empty canvas that writes nothing down. */
    public CanvasDocument() {
        this(new History());
    }

    CanvasDocument(History history) {
        this.history = history;
    }

    /** The layers, the lowest first. */
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    public Optional<Layer> layer(int id) {
        return layers.stream().filter(layer -> layer.id() == id).findFirst();
    }

    /** The lowest layer of that kind. */
    public Optional<Layer> first(LayerKind kind) {
        return layers.stream().filter(layer -> layer.kind() == kind).findFirst();
    }

    public Change.Span span() {
        return span;
    }

    /** What is shown; null while the canvas is empty. */
    public @Nullable Region bounds() {
        return span.bounds();
    }

    /** What will be generated; null while the canvas is empty. */
    public @Nullable Region frame() {
        return span.frame();
    }

    public History history() {
        return history;
    }

    /** Told what has to be drawn again; null: layers, bounds or frame are others. */
    public void addListener(Consumer<@Nullable Region> listener) {
        listeners.add(listener);
    }

    /** Told a parameter's name and its value when one is undone or done again. */
    public void setParameters(BiConsumer<String, String> listener) {
        parameters = listener;
    }

    /** A new layer, not yet among the others. */
    public Layer newLayer(LayerKind kind, Look look, @Nullable Picture base) {
        return new Layer(nextId++, kind, look, base);
    }

    /** Does it, as one step. */
    public void perform(Change change) {
        apply(change);
        history.add(change);
    }

    /** Writes down what was done already: a stroke, whose tiles are in place. */
    public void performed(@Nullable Change change) {
        if (change != null) {
            history.add(change);
        }
    }

    /** Shows a layer otherwise, while it is dragged; {@link #performed} writes it down in the end. */
    public void show(Layer layer, Look look) {
        layer.setLook(look);
        changed();
    }

    /** Says that a region has to be drawn again, while a stroke is painted. */
    public void touched(@Nullable Region region) {
        if (region != null) {
            listeners.forEach(listener -> listener.accept(region));
        }
    }

    /** Takes the last step back. Returns whether there was one. */
    public boolean undo() {
        Change change = history.undo();
        if (change != null) {
            apply(change.inverse());
            tell(change.inverse());
        }
        return change != null;
    }

    /** Does again what was undone. Returns whether there was anything. */
    public boolean redo() {
        Change change = history.redo();
        if (change != null) {
            apply(change);
            tell(change);
        }
        return change != null;
    }

    private void tell(Change change) {
        if (change instanceof Change.Parameter c) {
            parameters.accept(c.name(), c.after());
        } else if (change instanceof Change.Several c) {
            c.changes().forEach(this::tell);
        }
    }

    void apply(Change change) {
        if (change instanceof Change.Painted c) {
            layer(c.layer()).ifPresent(layer -> painted(layer, c));
        } else if (change instanceof Change.Presence c) {
            if (c.added()) {
                layers.add(c.index(), c.layer());
                nextId = Math.max(nextId, c.layer().id() + 1);
            } else {
                layers.remove(c.index());
            }
            changed();
        } else if (change instanceof Change.Looks c) {
            layer(c.layer()).ifPresent(layer -> layer.setLook(c.after()));
            changed();
        } else if (change instanceof Change.Order c) {
            layers.add(c.to(), layers.remove(c.from()));
            changed();
        } else if (change instanceof Change.Extent c) {
            span = c.after();
            changed();
        } else if (change instanceof Change.Several c) {
            c.changes().forEach(this::apply);
        }
    }

    private void painted(Layer layer, Change.Painted change) {
        change.after().forEach((key, tile) -> {
            layer.put(key, tile);
            touched(Layer.moved(Tile.region(key), layer.look().x(), layer.look().y()));
        });
    }

    private void changed() {
        listeners.forEach(listener -> listener.accept(null));
    }
}
