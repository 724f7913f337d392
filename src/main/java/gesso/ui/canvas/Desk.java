package gesso.ui.canvas;

import gesso.canvas.CanvasDocument;
import gesso.canvas.Change;
import gesso.canvas.Compositor;
import gesso.canvas.Contents;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.canvas.MaskEdits;
import gesso.image.Mask;
import gesso.image.Region;
import gesso.image.Resampling;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.ui.common.CanvasParts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The document that is worked on, and what a request takes from it. On the FX thread. */
public final class Desk implements CanvasParts {
    static final double MASK_OPACITY = 0.5;
    private static final String FILE = "document.file";
    private static final int REMEMBERED_PLACES = 4; // each holds a whole source

    private final CanvasDocument document;
    private final DeskPictures pictures;
    private final ToolSettings tools = new ToolSettings();
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
    private final ReadOnlyBooleanWrapper hasSource = new ReadOnlyBooleanWrapper(this, "hasSource");
    private final ReadOnlyBooleanWrapper hasMask = new ReadOnlyBooleanWrapper(this, "hasMask");
    private final ReadOnlyBooleanWrapper hasStrength = new ReadOnlyBooleanWrapper(this, "hasStrengthMap");
    private final ReadOnlyObjectWrapper<@Nullable Region> frame = new ReadOnlyObjectWrapper<>(this, "frame");
    private final ReadOnlyObjectWrapper<@Nullable Layer> active = new ReadOnlyObjectWrapper<>(this, "active");
    private final ObjectProperty<@Nullable Region> used = new SimpleObjectProperty<>(this, "used");
    private final ReadOnlyStringWrapper file = new ReadOnlyStringWrapper(this, "file", "");
    private final Deque<Place> places = new ArrayDeque<>();
    private final Cache sources = new Cache();
    private final Cache masks = new Cache();
    private Consumer<Region> framed = region -> {};
    private @Nullable Picture givenMask;
    private long givenAt;

    /** Where on the canvas a source was cut out. */
    private record Place(Picture source, Region region) {
        /** The very picture: comparing millions of pixels for each request would be slow, and two alike may lie elsewhere. */
        @SuppressWarnings("ReferenceEquality")
        boolean holds(Picture picture) {
            return source == picture;
        }
    }

    /** Works on a document, as it is. */
    public Desk(CanvasDocument document) {
        this.document = document;
        pictures = new DeskPictures(document);
        document.setParameters((name, value) -> {
            if (name.equals(FILE)) {
                file.set(value);
            }
        });
        refresh();
    }

    public CanvasDocument document() {
        return document;
    }

    /** The file that the document is kept in; empty: none yet. Goes along with undo: what is saved is what belongs there. */
    public ReadOnlyStringProperty fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** It was saved there, or was there when the studio was closed. */
    public void setFile(String value) {
        file.set(value);
    }

    /** Puts what a file holds in the place of all that is here; undo brings back what was here. */
    public void open(Contents contents, String from) {
        begin(List.of(contents.replacing(document)), from);
        maskLayer().ifPresent(active::set);
    }

    /** Another document begins. */
    private void begin(List<Change> steps, String from) {
        List<Change> all = new ArrayList<>(steps);
        all.add(new Change.Parameter(FILE, file.get(), from));
        file.set(from);
        perform(new Change.Several(all));
    }

    public ToolSettings tools() {
        return tools;
    }

    /** Counts the steps that were done and undone: what the document is made of may have changed. */
    public ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /** The part of the canvas that "only masked" will use; null where all of the frame is used. */
    public ObjectProperty<@Nullable Region> usedProperty() {
        return used;
    }

    /** The layer that is painted on; null while there is none. */
    public ReadOnlyObjectProperty<@Nullable Layer> activeProperty() {
        return active.getReadOnlyProperty();
    }

    public void activate(Layer layer) {
        active.set(layer);
    }

    /** Who wants to know where the user took the frame. */
    public void onFramed(Consumer<Region> listener) {
        framed = listener;
    }

    /** Does a change; none is nothing. */
    void perform(@Nullable Change change) {
        if (change != null) {
            document.perform(change);
            refresh();
        }
    }

    /** A stroke has ended. */
    void painted(@Nullable Change change) {
        document.performed(change);
        refresh();
    }

    public void undo() {
        document.undo();
        refresh();
    }

    public void redo() {
        document.redo();
        refresh();
    }

    private void refresh() {
        Layer now = active.get();
        Optional<Layer> same = now == null ? Optional.empty() : document.layer(now.id());
        List<Layer> all = document.layers();
        active.set(same.or(this::maskLayer).orElse(all.isEmpty() ? null : all.get(0)));
        frame.set(document.frame());
        hasSource.set(all.stream().anyMatch(layer -> layer.kind().isPicture()));
        hasStrength.set(document.first(LayerKind.STRENGTH)
                .filter(layer -> layer.look().visible())
                .isPresent());
        hasMask.set(hasSource.get()
                && (pictures.reachesBeyond()
                        || maskLayer().filter(Layer::isPainted).isPresent()));
        revision.set(revision.get() + 1);
    }

    Optional<Layer> maskLayer() {
        return document.first(LayerKind.MASK);
    }

    @Override
    public ReadOnlyBooleanProperty hasSourceProperty() {
        return hasSource.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyBooleanProperty hasMaskProperty() {
        return hasMask.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyBooleanProperty hasStrengthMapProperty() {
        return hasStrength.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Region> frameProperty() {
        return frame.getReadOnlyProperty();
    }

    @Override
    public Optional<Picture> source() {
        Optional<Picture> source = hasSource.get() ? cached(sources, pictures::source) : Optional.empty();
        Region at = document.frame();
        if (at != null && source.isPresent()) {
            places.removeIf(place -> place.holds(source.get()));
            places.addFirst(new Place(source.get(), at));
            if (places.size() > REMEMBERED_PLACES) {
                places.removeLast();
            }
        }
        return source;
    }

    /** Where on the canvas a request's picture belongs; null: nowhere. */
    public @Nullable Region placeOf(GenerationRequest request) {
        if (request.rework() == null || !hasSource.get()) {
            return null;
        }
        Picture source = request.rework().source();
        return places.stream()
                .filter(place -> place.holds(source))
                .map(Place::region)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<Picture> mask() {
        if (!hasMask.get()) {
            return Optional.empty();
        }
        Picture given = givenMask;
        return given != null && givenAt == revision.get() ? Optional.of(given) : cached(masks, pictures::mask);
    }

    /** The same picture as long as nothing was done: a request is built often. */
    private Optional<Picture> cached(Cache cache, Supplier<Optional<Picture>> make) {
        if (cache.at != revision.get()) {
            cache.picture = make.get();
            cache.at = revision.get();
        }
        return cache.picture;
    }

    private static final class Cache {
        private long at = -1;
        private Optional<Picture> picture = Optional.empty();
    }

    @Override
    public Optional<Picture> strengthMap() {
        return hasStrength.get() ? pictures.strengthMap() : Optional.empty();
    }

    @Override
    public List<Drawing> controlDrawings() {
        return pictures.controlDrawings();
    }

    @Override
    public void setSource(Picture picture, String name) {
        Region all = new Region(0, 0, picture.width(), picture.height());
        List<Change> steps = Contents.removal(document);
        steps.add(new Change.Extent(document.span(), new Change.Span(all, all)));
        steps.add(new Change.Presence(
                document.newLayer(LayerKind.SOURCE, new Look(name, true, 1, 0, 0), picture), 0, true));
        Layer mask = document.newLayer(LayerKind.MASK, new Look("", true, MASK_OPACITY, 0, 0), null);
        steps.add(new Change.Presence(mask, 1, true));
        begin(steps, "");
        active.set(mask);
    }

    @Override
    public void setMask(Picture picture) {
        Region bounds = document.bounds();
        if (bounds == null) {
            return;
        }
        startMask();
        Mask levels = Mask.painted(picture);
        Mask fitted = levels.width() == bounds.width() && levels.height() == bounds.height()
                ? levels
                : Resampling.LANCZOS.resize(levels, bounds.width(), bounds.height());
        maskLayer().ifPresent(mask -> perform(MaskEdits.replaced(mask, fitted, bounds)));
        if (bounds.equals(document.frame())) {
            givenMask = picture;
            givenAt = revision.get();
        }
    }

    @Override
    public void startMask() {
        start(LayerKind.MASK, "", MASK_OPACITY);
    }

    @Override
    public void startStrengthMap() {
        start(LayerKind.STRENGTH, "", MASK_OPACITY);
    }

    private void start(LayerKind kind, String name, double opacity) {
        if (document.bounds() == null) {
            return;
        }
        Layer layer = document.first(kind).orElse(null);
        if (layer == null) {
            layer = add(kind, new Look(name, true, opacity, 0, 0), null);
        }
        active.set(layer);
        if (tools.tool() == Tool.HAND || tools.tool() == Tool.FRAME) {
            tools.toolProperty().set(Tool.BRUSH);
        }
    }

    @Override
    public void startControlDrawing(String name) {
        if (document.bounds() != null) {
            active.set(add(LayerKind.CONTROL, new Look(name, true, 1, 0, 0), null));
            tools.toolProperty().set(Tool.BRUSH);
        }
    }

    /** A new layer; pictures lie below masks and maps. */
    Layer add(LayerKind kind, Look look, @Nullable Picture base) {
        Layer layer = document.newLayer(kind, look, base);
        int index = document.layers().size();
        while (index > 0
                && !kind.isLevels()
                && document.layers().get(index - 1).kind().isLevels()) {
            index--;
        }
        perform(new Change.Presence(layer, index, true));
        return layer;
    }

    /** A generated picture becomes a layer where it belongs; the canvas grows to hold it. The mask has done its work and is cleared. */
    public void accept(Picture picture, Region place, String name) {
        Picture fitted = picture.width() == place.width() && picture.height() == place.height()
                ? picture
                : Resampling.LANCZOS.resize(picture, place.width(), place.height());
        List<Change> steps = new ArrayList<>();
        int index = 0;
        for (Layer layer : document.layers()) {
            index += layer.kind().isLevels() ? 0 : 1;
        }
        steps.add(new Change.Presence(
                document.newLayer(LayerKind.RESULT, new Look(name, true, 1, place.x(), place.y()), fitted),
                index,
                true));
        maskLayer().map(MaskEdits::cleared).ifPresent(steps::add);
        Region bounds = document.bounds();
        if (bounds != null && !bounds.contains(place)) {
            steps.add(
                    new Change.Extent(document.span(), new Change.Span(Frames.union(bounds, place), document.frame())));
        }
        perform(new Change.Several(steps));
    }

    /** The chosen layer and the one below it become one; only colours do, and they look as they did. */
    void mergeDown() {
        List<Layer> all = document.layers();
        Layer upper = active.get();
        int index = all.indexOf(upper);
        if (upper == null
                || index < 1
                || upper.kind().isLevels()
                || all.get(index - 1).kind().isLevels()) {
            return;
        }
        Layer lower = all.get(index - 1);
        Region a = upper.extent();
        Region b = lower.extent();
        Region extent = a == null ? b : b == null ? a : Frames.union(a, b);
        if (extent == null) {
            return;
        }
        Picture picture = Compositor.picture(List.of(lower, upper), layer -> true, extent);
        Look look = new Look(lower.look().name(), true, 1, extent.x(), extent.y());
        Layer merged = document.newLayer(lower.kind(), look, picture);
        perform(new Change.Several(List.of(
                new Change.Presence(upper, index, false),
                new Change.Presence(lower, index - 1, false),
                new Change.Presence(merged, index - 1, true))));
        active.set(merged);
    }

    /** The user took the frame there. */
    void setFrame(Region value) {
        if (!value.equals(document.frame())) {
            perform(new Change.Extent(document.span(), new Change.Span(document.bounds(), value)));
            framed.accept(value);
        }
    }

    @Override
    public void clearMask() {
        maskLayer().map(MaskEdits::cleared).ifPresent(this::perform);
    }

    @Override
    public void clear() {
        List<Change> steps = Contents.removal(document);
        if (!steps.isEmpty()) {
            steps.add(new Change.Extent(document.span(), Change.Span.NONE));
            begin(steps, "");
        }
    }
}
