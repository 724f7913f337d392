package gesso.ui.canvas;

import gesso.canvas.CanvasDocument;
import gesso.canvas.ViewRenderer;
import gesso.canvas.Viewpoint;
import gesso.image.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * The document on grey, drawn at the screen's own pixels: as large as fits, or as the view is set. Nodes that lie over it follow
 * the view through {@link #toX} and {@link #toY}.
 */
class CanvasSurface extends Pane {
    private static final double MARGIN = 16;

    private final CanvasDocument document;
    private final ViewRenderer renderer;
    private final ImageView image = new ImageView();
    private final ReadOnlyDoubleWrapper scale = new ReadOnlyDoubleWrapper(this, "scale", 1);
    private @Nullable PixelBuffer<IntBuffer> pixels;
    private @Nullable Region dirty;
    private @Nullable Region fittedTo;
    private Viewpoint view = new Viewpoint(0, 0, 1, 0, false);
    private boolean fitted = true;
    private Runnable moved = () -> {};

    CanvasSurface(CanvasDocument document) {
        this.document = document;
        renderer = new ViewRenderer(document);
        image.setManaged(false);
        image.setSmooth(false);
        image.setMouseTransparent(true);
        getChildren().add(image);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        document.addListener(this::changed);
    }

    /** Called whenever the view has changed, to place what lies over it. */
    void onMoved(Runnable action) {
        moved = action;
    }

    private void changed(@Nullable Region region) {
        Region screen = renderer.changed(region);
        if (screen != null) {
            dirty = dirty == null ? screen : Frames.union(dirty, screen);
            requestLayout();
        }
    }

    /** Screen pixels a picture pixel. */
    ReadOnlyDoubleProperty scaleProperty() {
        return scale.getReadOnlyProperty();
    }

    boolean isFitted() {
        return fitted;
    }

    Viewpoint view() {
        return view;
    }

    /** What there is to look at where the document is empty; null: the document. */
    void fitTo(@Nullable Region region) {
        if (region == null ? fittedTo != null : !region.equals(fittedTo)) {
            fittedTo = region;
            fitted = true;
        }
        requestLayout();
    }

    private @Nullable Region all() {
        return fittedTo == null ? document.bounds() : fittedTo;
    }

    boolean isEmpty() {
        return all() == null;
    }

    void fit() {
        fitted = true;
        requestLayout();
    }

    void scaleTo(double wanted, double x, double y) {
        if (!isEmpty()) {
            double s = screenScale();
            look(view.zoomed(wanted, x * s, y * s, screenWidth(), screenHeight()));
        }
    }

    void pan(double dx, double dy) {
        look(view.panned(dx * screenScale(), dy * screenScale()));
    }

    void turn(double degrees) {
        look(view.turned(view.degrees() + degrees, view.mirrored()));
    }

    void mirror() {
        look(view.turned(-view.degrees(), !view.mirrored()));
    }

    private void look(Viewpoint from) {
        view = from;
        fitted = false;
        requestLayout();
    }

    /** Screen pixels a unit of JavaFX. */
    double screenScale() {
        return getScene() == null || getScene().getWindow() == null
                ? 1
                : getScene().getWindow().getOutputScaleX();
    }

    private int screenWidth() {
        return (int) Math.round(getWidth() * screenScale());
    }

    private int screenHeight() {
        return (int) Math.round(getHeight() * screenScale());
    }

    double documentX(double x, double y) {
        double s = screenScale();
        return view.documentX(x * s, y * s, screenWidth(), screenHeight());
    }

    double documentY(double x, double y) {
        double s = screenScale();
        return view.documentY(x * s, y * s, screenWidth(), screenHeight());
    }

    double toX(double px, double py) {
        return view.screenX(px, py, screenWidth()) / screenScale();
    }

    double toY(double px, double py) {
        return view.screenY(px, py, screenHeight()) / screenScale();
    }

    @Override
    protected void layoutChildren() {
        int width = screenWidth();
        int height = screenHeight();
        Region all = all();
        if (width < 1 || height < 1) {
            return;
        }
        if (fitted && all != null) {
            Viewpoint turned = view;
            view = Viewpoint.fitting(all, width, height, MARGIN * screenScale())
                    .turned(turned.degrees(), turned.mirrored());
        }
        scale.set(view.scale());
        draw(width, height);
        moved.run();
    }

    private void draw(int width, int height) {
        boolean drawn = document.bounds() != null;
        image.setVisible(drawn);
        if (!drawn) {
            return;
        }
        PixelBuffer<IntBuffer> buffer = pixels;
        boolean all = !view.equals(renderer.view());
        if (buffer == null || buffer.getWidth() != width || buffer.getHeight() != height) {
            buffer = new PixelBuffer<>(
                    width,
                    height,
                    ByteBuffer.allocateDirect(4 * width * height)
                            .order(ByteOrder.nativeOrder())
                            .asIntBuffer(),
                    PixelFormat.getIntArgbPreInstance());
            pixels = buffer;
            image.setImage(new WritableImage(buffer));
            all = true;
        }
        image.setFitWidth(width / screenScale());
        image.setFitHeight(height / screenScale());
        renderer.look(view, width, height);
        Region part = all ? new Region(0, 0, width, height) : dirty;
        dirty = null;
        if (part != null) {
            buffer.updateBuffer(same -> {
                renderer.draw(part, same.getBuffer());
                return new Rectangle2D(part.x(), part.y(), part.width(), part.height());
            });
        }
    }
}
