package gesso.ui.canvas;

import gesso.canvas.BrushStroke;
import gesso.canvas.Change;
import gesso.canvas.Compositor;
import gesso.canvas.Coverage;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.canvas.Painting;
import gesso.canvas.Shapes;
import gesso.canvas.Wand;
import gesso.image.Region;
import gesso.request.Picture;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** What the tools do as the pointer goes down, moves and goes up. Coordinates are the document's. */
final class ToolHand {
    private final Desk desk;
    private final List<Shapes.Point> points = new ArrayList<>();
    private @Nullable Painting painting;
    private @Nullable BrushStroke stroke;
    private @Nullable Region frameBefore;
    private @Nullable Region frameNow;
    private @Nullable Look lookBefore;
    private Frames.Grip grip = new Frames.Grip(0, 0);
    private double startX;
    private double startY;
    private double lastX = Double.NaN;
    private double lastY = Double.NaN;

    /**
     * The pointer.
     *
     * @param pressure 0–1
     * @param straight whether shift is held
     * @param other whether alt is held
     */
    record At(double x, double y, double pressure, boolean straight, boolean other) {}

    ToolHand(Desk desk) {
        this.desk = desk;
    }

    /** The line that is being drawn, not yet painted. */
    List<Shapes.Point> points() {
        return points;
    }

    /** Where the frame is while it is dragged; null: it is not. */
    @Nullable
    Region frameNow() {
        return frameNow;
    }

    private ToolSettings tools() {
        return desk.tools();
    }

    /**
     * The pointer goes down.
     *
     * @param reach how near a side of the frame counts as on it
     */
    void press(At at, double reach) {
        Layer layer = desk.activeProperty().get();
        Region paper = desk.document().bounds();
        if (layer == null || paper == null) {
            return;
        }
        startX = at.x;
        startY = at.y;
        switch (tools().tool()) {
            case BRUSH, ERASER -> touch(layer, paper, at);
            case LASSO -> points.add(new Shapes.Point(at.x, at.y));
            case POLYGON -> points.add(new Shapes.Point(at.x, at.y));
            case WAND, FILL -> alike(layer, paper, at);
            case PICKER -> pick(at);
            case SHIFT -> lookBefore = layer.look();
            case FRAME -> {
                frameBefore = desk.document().frame();
                grip = frameBefore == null ? grip : Frames.grip(frameBefore, at.x, at.y, reach);
            }
            default -> {}
        }
    }

    private void touch(Layer layer, Region paper, At at) {
        boolean away = tools().tool() == Tool.ERASER || at.other;
        Painting begun =
                new Painting(layer, tools().ink(layer, away), tools().brush().opacity(), paper);
        painting = begun;
        if (at.straight && !Double.isNaN(lastX)) {
            stroke = new BrushStroke(begun, tools().brush().withSmoothing(0), lastX, lastY, at.pressure);
            touched(stroke.begin());
            touched(stroke.to(at.x, at.y, at.pressure));
        } else {
            stroke = new BrushStroke(begun, tools().brush(), at.x, at.y, at.pressure);
            touched(stroke.begin());
        }
        lastX = at.x;
        lastY = at.y;
    }

    private void touched(@Nullable Region region) {
        desk.document().touched(region);
    }

    void drag(At at) {
        Layer layer = desk.activeProperty().get();
        if (stroke != null) {
            touched(stroke.to(at.x, at.y, at.pressure));
            lastX = at.x;
            lastY = at.y;
        } else if (tools().tool() == Tool.LASSO && !points.isEmpty()) {
            points.add(new Shapes.Point(at.x, at.y));
        } else if (frameBefore != null) {
            frameNow = Frames.dragged(frameBefore, grip, at.x - startX, at.y - startY, at.other ? 8 : 64);
        } else if (lookBefore != null && layer != null) {
            desk.document()
                    .show(
                            layer,
                            lookBefore.at(
                                    lookBefore.x() + rounded(at.x - startX), lookBefore.y() + rounded(at.y - startY)));
        } else if (isSpanned()) {
            points.clear();
            points.addAll(outline(spanned(at)));
        }
    }

    private static int rounded(double value) {
        return (int) Math.round(value);
    }

    private boolean isSpanned() {
        return switch (tools().tool()) {
            case RECTANGLE, ELLIPSE, GRADIENT -> true;
            default -> false;
        };
    }

    private List<Shapes.Point> outline(Region r) {
        return List.of(
                new Shapes.Point(r.x(), r.y()),
                new Shapes.Point(r.right(), r.y()),
                new Shapes.Point(r.right(), r.bottom()),
                new Shapes.Point(r.x(), r.bottom()));
    }

    /** The pixels between the press and the pointer; a square with shift. */
    private Region spanned(At at) {
        double x = at.x;
        double y = at.y;
        if (at.straight) {
            double side = Math.max(Math.abs(x - startX), Math.abs(y - startY));
            x = startX + Math.copySign(side, x - startX);
            y = startY + Math.copySign(side, y - startY);
        }
        int left = rounded(Math.min(startX, x));
        int top = rounded(Math.min(startY, y));
        return new Region(
                left,
                top,
                Math.max(1, rounded(Math.max(startX, x)) - left),
                Math.max(1, rounded(Math.max(startY, y)) - top));
    }

    void release(At at) {
        Layer layer = desk.activeProperty().get();
        Region paper = desk.document().bounds();
        if (stroke != null && painting != null) {
            touched(stroke.end());
            desk.painted(painting.end());
            stroke = null;
            painting = null;
        } else if (layer == null || paper == null) {
            points.clear();
        } else if (tools().tool() == Tool.LASSO && points.size() > 2) {
            paint(layer, paper, Shapes.polygon(List.copyOf(points)), at.other);
        } else if (frameNow != null) {
            desk.setFrame(frameNow);
        } else if (lookBefore != null && !layer.look().equals(lookBefore)) {
            desk.painted(new Change.Looks(layer.id(), lookBefore, layer.look()));
        } else if (tools().tool() == Tool.GRADIENT) {
            paint(layer, paper, Shapes.gradient(paper, startX, startY, at.x, at.y), at.other);
        } else if (isSpanned() && Math.hypot(at.x - startX, at.y - startY) >= 1) {
            Region region = spanned(at);
            paint(
                    layer,
                    paper,
                    tools().tool() == Tool.ELLIPSE ? Shapes.ellipse(region) : Shapes.rectangle(region),
                    at.other);
        }
        frameBefore = null;
        frameNow = null;
        lookBefore = null;
        if (tools().tool() != Tool.POLYGON) {
            points.clear();
        }
    }

    /** Closes the polygon. */
    void close(boolean away) {
        Layer layer = desk.activeProperty().get();
        Region paper = desk.document().bounds();
        if (layer != null && paper != null && points.size() > 2) {
            paint(layer, paper, Shapes.polygon(List.copyOf(points)), away);
        }
        points.clear();
    }

    /** Gives up what is being drawn. Returns whether anything was. */
    boolean cancel() {
        boolean any = !points.isEmpty();
        points.clear();
        return any;
    }

    private void paint(Layer layer, Region paper, Coverage coverage, boolean away) {
        Painting whole =
                new Painting(layer, tools().ink(layer, away), tools().brush().opacity(), paper);
        touched(whole.cover(coverage));
        desk.painted(whole.end());
    }

    private void alike(Layer layer, Region paper, At at) {
        int x = (int) Math.floor(at.x);
        int y = (int) Math.floor(at.y);
        if (x < paper.x() || y < paper.y() || x >= paper.right() || y >= paper.bottom()) {
            return;
        }
        // The wand looks at what is seen; the bucket fills what the layer itself holds.
        boolean own = tools().tool() == Tool.FILL && !layer.kind().isLevels();
        Picture seen = own
                ? Compositor.picture(List.of(layer), any -> true, paper)
                : Compositor.picture(desk.document().layers(), any -> any.kind().isPicture(), paper);
        paint(
                layer,
                paper,
                Wand.coverage(
                        seen,
                        paper,
                        x,
                        y,
                        tools().tolerance().whole(),
                        tools().joined().isOn()),
                at.other);
    }

    private void pick(At at) {
        Integer colour = Compositor.colourAt(desk.document().layers(), (int) Math.floor(at.x), (int) Math.floor(at.y));
        if (colour != null) {
            tools().colourProperty().set(Color.rgb((colour >> 16) & 255, (colour >> 8) & 255, colour & 255));
        }
    }

    /** Whether the chosen layer is a mask or a map, which are painted in levels. */
    boolean paintsLevels() {
        Layer layer = desk.activeProperty().get();
        return layer != null && (layer.kind() == LayerKind.MASK || layer.kind() == LayerKind.STRENGTH);
    }
}
