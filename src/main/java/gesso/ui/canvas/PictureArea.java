package gesso.ui.canvas;

import gesso.image.Region;
import gesso.ui.common.PictureImage;
import javafx.scene.Cursor;
import javafx.scene.effect.BlendMode;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Affine;
import org.jspecify.annotations.Nullable;

/**
 * The canvas under the pointer: the document, over it the picture that forms or that was made, where it belongs, and the marks of
 * the tools. The wheel enlarges around the pointer; the middle button, or the hand, moves; a double click fits.
 */
final class PictureArea extends CanvasSurface {
    private static final double WHEEL = 1.0025;
    private static final double GRIP = 6;

    /** How a result is compared with what it would replace. */
    enum Comparison {
        NONE,
        SLIDER,
        DIFFERENCE
    }

    private final Desk desk;
    private final ToolHand hand;
    private final SurfaceMarks marks = new SurfaceMarks(this);
    private final Rectangle place = new Rectangle();
    private final ImageView over = new ImageView();
    private final Affine overTransform = new Affine();
    private final Rectangle half = new Rectangle();
    private final Line divider = new Line();
    private @Nullable Region overAt;
    private @Nullable Region used;
    private Comparison comparison = Comparison.NONE;
    private double split = 0.5;
    private boolean hidden;
    private boolean panning;
    private boolean space;
    private boolean splitting;
    private double pointerX;
    private double pointerY;

    PictureArea(Desk desk) {
        super(desk.document());
        this.desk = desk;
        hand = new ToolHand(desk);
        getStyleClass().add("picture-area");
        place.getStyleClass().add("picture-place");
        for (javafx.scene.Node node : new javafx.scene.Node[] {place, over, divider}) {
            node.setManaged(false);
            node.setMouseTransparent(true);
        }
        over.getTransforms().add(overTransform);
        place.getTransforms().add(overTransform);
        divider.setId("divider");
        divider.setStrokeWidth(2);
        getChildren().addAll(place, over, divider, marks);
        onMoved(this::placeMarks);
        addEventHandler(ScrollEvent.SCROLL, this::wheel);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> marks.pointAt(null, 0, 0));
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        addEventHandler(KeyEvent.KEY_PRESSED, this::space);
        addEventHandler(KeyEvent.KEY_RELEASED, this::space);
        desk.tools().toolProperty().addListener((property, old, now) -> {
            hand.cancel();
            requestLayout();
        });
    }

    /**
     * A picture over the document, or by itself.
     *
     * @param at where it belongs; null: by itself, and the document is not seen
     * @param asWidth its width, whatever the image's: a preview is smaller than what it is a preview of
     */
    void show(@Nullable Image image, double asWidth, double asHeight, @Nullable Region at) {
        boolean alone = at == null && asWidth > 0;
        overAt = alone ? new Region(0, 0, (int) asWidth, (int) asHeight) : at;
        hidden = alone;
        over.setImage(image);
        over.setViewport(image == null ? null : PictureImage.inside(image));
        fitTo(alone ? overAt : null);
    }

    /** The part of the canvas that "only masked" uses; null: it is not chosen. */
    void setUsed(@Nullable Region region) {
        used = region;
        requestLayout();
    }

    void compare(Comparison value) {
        comparison = value;
        requestLayout();
    }

    Comparison comparison() {
        return comparison;
    }

    /** Hides the picture that lies over the document, to see what was before. */
    void before(boolean is) {
        over.setOpacity(is ? 0 : 1);
    }

    void actualSize() {
        scaleTo(1, getWidth() / 2, getHeight() / 2);
    }

    /** Whether the pointer paints here; else it moves the view. */
    private boolean works() {
        return !hidden && desk.document().bounds() != null && desk.tools().tool() != Tool.HAND;
    }

    private void placeMarks() {
        getChildren().get(0).setVisible(!hidden && desk.document().bounds() != null);
        Region at = overAt;
        over.setVisible(at != null && over.getImage() != null);
        place.setVisible(at != null && over.getImage() == null);
        if (at != null) {
            double s = screenScale();
            double zoom = view().scale() / s;
            double ox = toX(at.x(), at.y());
            double oy = toY(at.x(), at.y());
            double ax = (toX(at.right(), at.y()) - ox) / at.width();
            double ay = (toY(at.right(), at.y()) - oy) / at.width();
            double bx = (toX(at.x(), at.bottom()) - ox) / at.height();
            double by = (toY(at.x(), at.bottom()) - oy) / at.height();
            overTransform.setToTransform(ax, bx, ox, ay, by, oy);
            over.setFitWidth(at.width());
            over.setFitHeight(at.height());
            over.setSmooth(zoom * s < 3);
            place.setWidth(at.width());
            place.setHeight(at.height());
        }
        compareOver(at);
        Region dragged = hand.frameNow();
        boolean drawing = !hidden && desk.document().bounds() != null;
        marks.frame(drawing ? dragged != null ? dragged : desk.document().frame() : null);
        marks.used(drawing ? used : null);
        marks.line(hand.points(), desk.tools().tool() != Tool.POLYGON);
        setCursor(
                works()
                        ? desk.tools().tool().isBrush() ? Cursor.NONE : Cursor.CROSSHAIR
                        : isFitted() ? Cursor.DEFAULT : Cursor.OPEN_HAND);
    }

    private void compareOver(@Nullable Region at) {
        boolean compares = at != null && !hidden && over.getImage() != null;
        boolean slides = compares && comparison == Comparison.SLIDER;
        over.setBlendMode(compares && comparison == Comparison.DIFFERENCE ? BlendMode.DIFFERENCE : null);
        over.setClip(slides ? half : null);
        divider.setVisible(slides);
        if (slides && at != null) {
            half.setX(at.width() * split);
            half.setWidth(at.width() * (1 - split));
            half.setHeight(at.height());
            double x = at.x() + at.width() * split;
            divider.setStartX(toX(x, at.y()));
            divider.setStartY(toY(x, at.y()));
            divider.setEndX(toX(x, at.bottom()));
            divider.setEndY(toY(x, at.bottom()));
        }
    }

    private ToolHand.At at(MouseEvent event) {
        return new ToolHand.At(
                documentX(event.getX(), event.getY()),
                documentY(event.getX(), event.getY()),
                1,
                event.isShiftDown(),
                event.isAltDown());
    }

    private void press(MouseEvent event) {
        pointerX = event.getX();
        pointerY = event.getY();
        splitting = divider.isVisible() && nearDivider(event);
        panning = !splitting && (event.getButton() == MouseButton.MIDDLE || space || !works());
        if (!panning && !splitting && event.getButton() == MouseButton.PRIMARY) {
            hand.press(at(event), GRIP * screenScale() / view().scale());
            requestLayout();
        }
    }

    private boolean nearDivider(MouseEvent event) {
        return Math.hypot(
                        event.getX()
                                - Math.max(
                                        Math.min(event.getX(), Math.max(divider.getStartX(), divider.getEndX())),
                                        Math.min(divider.getStartX(), divider.getEndX())),
                        0)
                <= GRIP;
    }

    private void drag(MouseEvent event) {
        Region at = overAt;
        if (splitting && at != null) {
            split = Math.max(0, Math.min(1, (documentX(event.getX(), event.getY()) - at.x()) / at.width()));
            requestLayout();
        } else if (panning) {
            if (!isFitted()
                    || event.getButton() == MouseButton.MIDDLE
                    || space
                    || (desk.tools().tool() == Tool.HAND && !hidden)) {
                pan(event.getX() - pointerX, event.getY() - pointerY);
            }
        } else if (event.getButton() == MouseButton.PRIMARY) {
            hand.drag(at(event));
            requestLayout();
        }
        pointerX = event.getX();
        pointerY = event.getY();
        tip(event);
    }

    private void release(MouseEvent event) {
        if (!panning && !splitting && event.getButton() == MouseButton.PRIMARY) {
            hand.release(at(event));
            requestLayout();
        }
        panning = false;
        splitting = false;
    }

    private void hover(MouseEvent event) {
        pointerX = event.getX();
        pointerY = event.getY();
        tip(event);
    }

    private void tip(MouseEvent event) {
        boolean brush = works() && desk.tools().tool().isBrush() && !space;
        double radius = desk.tools().size().value() / 2 * view().scale() / screenScale();
        marks.pointAt(brush ? radius : null, event.getX(), event.getY());
    }

    private void space(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && event.getTarget() == this) {
            space = event.getEventType() == KeyEvent.KEY_PRESSED;
            event.consume();
        }
    }

    private void wheel(ScrollEvent event) {
        if (!isEmpty() && event.getDeltaY() != 0) {
            scaleTo(view().scale() * Math.pow(WHEEL, event.getDeltaY()), event.getX(), event.getY());
            event.consume();
        }
    }

    private void click(MouseEvent event) {
        boolean twice = event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !isEmpty();
        if (twice && desk.tools().tool() == Tool.POLYGON && works()) {
            hand.close(event.isAltDown());
            requestLayout();
        } else if (twice && !works()) {
            if (isFitted()) {
                scaleTo(1, event.getX(), event.getY());
            } else {
                fit();
            }
        }
    }

    /** Gives up what is being drawn. Returns whether anything was. */
    boolean cancelDrawing() {
        boolean any = hand.cancel();
        requestLayout();
        return any;
    }
}
