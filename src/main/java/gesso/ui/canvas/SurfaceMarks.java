package gesso.ui.canvas;

import gesso.canvas.Shapes;
import gesso.image.Region;
import java.util.List;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;
import org.jspecify.annotations.Nullable;

/** What lies over the canvas: the frame with its size, the part that "only masked" will use, the brush's outline, lines being drawn. */
final class SurfaceMarks extends Pane {
    private final CanvasSurface surface;
    private final Polygon frameShade = new Polygon();
    private final Polygon frameLine = new Polygon();
    private final Polygon used = new Polygon();
    private final Polyline lineShade = new Polyline();
    private final Polyline line = new Polyline();
    private final Circle tipShade = new Circle();
    private final Circle tip = new Circle();
    private final Label size = new Label();

    SurfaceMarks(CanvasSurface surface) {
        this.surface = surface;
        setMouseTransparent(true);
        setManaged(false);
        for (Polygon p : List.of(frameShade, frameLine, used)) {
            p.setFill(null);
        }
        frameShade.setStroke(Color.gray(0, 0.6));
        frameShade.setStrokeWidth(3);
        frameLine.setStroke(Color.WHITE);
        frameLine.setId("frame");
        used.setStroke(Color.web("#ffd54a"));
        used.getStrokeDashArray().setAll(6.0, 4.0);
        used.setId("used");
        lineShade.setStroke(Color.gray(0, 0.6));
        lineShade.setStrokeWidth(3);
        line.setStroke(Color.WHITE);
        tipShade.setFill(null);
        tipShade.setStroke(Color.gray(0, 0.5));
        tipShade.setStrokeWidth(2.5);
        tip.setFill(null);
        tip.setStroke(Color.gray(1, 0.9));
        size.getStyleClass().add("frame-size");
        size.setId("frame-size");
        getChildren().setAll(new Group(used, frameShade, frameLine, lineShade, line, tipShade, tip), size);
        pointAt(null, 0, 0);
    }

    void frame(@Nullable Region frame) {
        outline(frameShade, frame);
        outline(frameLine, frame);
        size.setVisible(frame != null);
        if (frame != null) {
            size.setText("%d × %d · %d × %d"
                    .formatted(frame.width(), frame.height(), frame.width() / 8, frame.height() / 8));
            size.autosize();
            double right = Math.max(surface.toX(frame.x(), frame.bottom()), surface.toX(frame.right(), frame.bottom()));
            double bottom = surface.toY(frame.right(), frame.bottom());
            size.relocate(
                    Math.rint(Math.max(4, Math.min(right - size.getWidth(), surface.getWidth() - size.getWidth() - 4))),
                    Math.rint(Math.max(4, Math.min(bottom + 6, surface.getHeight() - size.getHeight() - 4))));
        }
    }

    /** The part of the canvas that "only masked" will really use; null: it is not chosen. */
    void used(@Nullable Region region) {
        outline(used, region);
    }

    private void outline(Polygon polygon, @Nullable Region region) {
        polygon.setVisible(region != null);
        if (region != null) {
            polygon.getPoints().clear();
            corner(polygon, region.x(), region.y());
            corner(polygon, region.right(), region.y());
            corner(polygon, region.right(), region.bottom());
            corner(polygon, region.x(), region.bottom());
        }
    }

    private void corner(Polygon polygon, double x, double y) {
        // On the middle of a pixel, where a line of one pixel is sharp.
        polygon.getPoints().addAll(Math.floor(surface.toX(x, y)) + 0.5, Math.floor(surface.toY(x, y)) + 0.5);
    }

    void line(List<Shapes.Point> points, boolean closed) {
        lineShade.getPoints().clear();
        for (Shapes.Point point : points) {
            lineShade.getPoints().addAll(surface.toX(point.x(), point.y()), surface.toY(point.x(), point.y()));
        }
        if (closed && points.size() > 2) {
            lineShade
                    .getPoints()
                    .addAll(lineShade.getPoints().get(0), lineShade.getPoints().get(1));
        }
        line.getPoints().setAll(lineShade.getPoints());
    }

    /** The brush's outline around the pointer; null: there is none. */
    void pointAt(@Nullable Double radius, double x, double y) {
        for (Circle circle : List.of(tipShade, tip)) {
            circle.setVisible(radius != null);
            if (radius != null) {
                circle.setCenterX(x);
                circle.setCenterY(y);
                circle.setRadius(Math.max(1.5, radius));
            }
        }
    }
}
