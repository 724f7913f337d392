package gesso.ui.canvas;

import gesso.ui.common.PictureImage;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.scene.Cursor;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * A picture on grey, as large as fits, or enlarged around the pointer by the wheel and moved by dragging. Scales are in
 * screen pixels a picture pixel: 1 is sharp on every screen.
 */
final class PictureArea extends Pane {
    private static final double MARGIN = 16;
    private static final double WHEEL = 1.0025;
    private static final double LARGEST = 32;
    private static final double SMALLEST = 0.05;

    private final Region place = new Region();
    private final ImageView view = new ImageView();
    private final ReadOnlyDoubleWrapper scale = new ReadOnlyDoubleWrapper(this, "scale", 1);
    private double width;
    private double height;
    private boolean fitted = true;
    private double left;
    private double top;
    private double grabbedX;
    private double grabbedY;

    PictureArea() {
        getStyleClass().add("picture-area");
        view.setManaged(false);
        view.setSmooth(true);
        place.getStyleClass().add("picture-place");
        place.setManaged(false);
        getChildren().addAll(place, view);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        addEventHandler(ScrollEvent.SCROLL, this::wheel);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::grab);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    }

    /** The picture, shown as if it had this size: a preview is smaller than what it is a preview of. None: its place. */
    void show(@Nullable Image image, double asWidth, double asHeight) {
        if (asWidth != width || asHeight != height) {
            fitted = true;
        }
        width = asWidth;
        height = asHeight;
        view.setImage(image);
        view.setViewport(image == null ? null : PictureImage.inside(image));
        requestLayout();
    }

    ReadOnlyDoubleProperty scaleProperty() {
        return scale.getReadOnlyProperty();
    }

    /** Whether all of the picture is seen, and more of it is moved into sight by dragging. */
    boolean isFitted() {
        return fitted;
    }

    void fit() {
        fitted = true;
        requestLayout();
    }

    void actualSize() {
        scaleTo(1, getWidth() / 2, getHeight() / 2);
    }

    @Override
    protected void layoutChildren() {
        place.setVisible(width > 0 && view.getImage() == null);
        if (width == 0) {
            return;
        }
        if (fitted) {
            double room = Math.min((getWidth() - 2 * MARGIN) / width, (getHeight() - 2 * MARGIN) / height);
            scale.set(Math.max(SMALLEST, room * screenScale()));
        }
        double shownWidth = width * scale.get() / screenScale();
        double shownHeight = height * scale.get() / screenScale();
        left = fitted || shownWidth <= getWidth() ? (getWidth() - shownWidth) / 2 : left;
        top = fitted || shownHeight <= getHeight() ? (getHeight() - shownHeight) / 2 : top;
        view.setFitWidth(shownWidth);
        view.setFitHeight(shownHeight);
        view.relocate(snapPositionX(left), snapPositionY(top));
        place.resizeRelocate(snapPositionX(left), snapPositionY(top), shownWidth, shownHeight);
        setCursor(fitted ? Cursor.DEFAULT : Cursor.OPEN_HAND);
    }

    private double screenScale() {
        return getScene() == null || getScene().getWindow() == null
                ? 1
                : getScene().getWindow().getOutputScaleX();
    }

    private void scaleTo(double wanted, double x, double y) {
        double factor = Math.max(SMALLEST, Math.min(LARGEST, wanted)) / scale.get();
        left = x - (x - left) * factor;
        top = y - (y - top) * factor;
        scale.set(scale.get() * factor);
        fitted = false;
        requestLayout();
    }

    private void wheel(ScrollEvent event) {
        if (view.getImage() != null && event.getDeltaY() != 0) {
            scaleTo(scale.get() * Math.pow(WHEEL, event.getDeltaY()), event.getX(), event.getY());
            event.consume();
        }
    }

    private void grab(MouseEvent event) {
        grabbedX = event.getX() - left;
        grabbedY = event.getY() - top;
    }

    private void drag(MouseEvent event) {
        if (!fitted) {
            left = event.getX() - grabbedX;
            top = event.getY() - grabbedY;
            requestLayout();
        }
    }

    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && view.getImage() != null) {
            if (fitted) {
                scaleTo(1, event.getX(), event.getY());
            } else {
                fit();
            }
        }
    }
}
