package gesso.ui.common;

import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;

/** The edge between a panel and what is beside it: dragged, the panel's width changes; a double click resets it. */
public final class EdgeHandle extends Region {
    private double grabbed;
    private double widthThen;

    /**
     * Changes {@code width}.
     *
     * @param direction 1 if the panel is to the left of the edge, −1 if it is to the right
     */
    public EdgeHandle(NumberSetting width, int direction) {
        getStyleClass().add("edge");
        setCursor(Cursor.H_RESIZE);
        setOnMousePressed(event -> {
            grabbed = event.getScreenX();
            widthThen = width.value();
        });
        setOnMouseDragged(event -> {
            double wanted = widthThen + direction * (event.getScreenX() - grabbed);
            width.set(Math.max(width.low(), Math.min(width.high(), Math.rint(wanted))));
        });
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                width.reset();
            }
        });
    }
}
