package gesso.ui.tour;

import gesso.ui.common.Words;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.geometry.Bounds;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A few stops, one after another: a ring around a part of the window, and beside it what it is for. Everything stays usable
 * meanwhile; Enter or → goes on, ← back, Escape ends it.
 */
public final class Tour extends Pane {
    private static final double GAP = 12;
    private static final double RING = 4;
    private static final int ENDED = -1;

    /**
     * A part of the window.
     *
     * @param target its CSS selector
     * @param key of its words, {@code tour.KEY}
     */
    private record Stop(String target, String key) {}

    private static final List<Stop> STOPS = List.of(
            new Stop("#prompt", "tour.prompt"),
            new Stop("#generate", "tour.generate"),
            new Stop(".picture-area", "tour.canvas"),
            new Stop("#preset", "tour.preset"),
            new Stop("#place-gallery", "tour.gallery"),
            new Stop("#models-open", "tour.models"));

    private final Words words;
    private final Region ring = new Region();
    private final Label text = new Label();
    private final Label place = new Label();
    private final Button next = new Button();
    private final VBox card = new VBox();
    private final ReadOnlyIntegerWrapper stop = new ReadOnlyIntegerWrapper(this, "stop", ENDED);
    private @Nullable Node before;

    public Tour(Words words) {
        this.words = words;
        setId("tour");
        getStyleClass().add("tour");
        setPickOnBounds(false);
        setVisible(false);
        ring.getStyleClass().add("tour-ring");
        ring.setMouseTransparent(true);
        card.getStyleClass().add("tour-card");
        text.setWrapText(true);
        place.getStyleClass().add("quiet-text");
        Button skip = new Button();
        skip.setId("tour-end");
        skip.textProperty().bind(words.text("tour.end"));
        skip.getStyleClass().addAll("flat", "quiet");
        skip.setOnAction(event -> end());
        next.setId("tour-next");
        next.textProperty().bind(words.text("tour.next"));
        next.getStyleClass().add("accent");
        next.setOnAction(event -> go(1));
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        HBox row = new HBox(8, place, between, skip, next);
        row.setAlignment(Pos.CENTER_LEFT);
        card.getChildren().addAll(text, row);
        getChildren().addAll(ring, card);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /** The stop that is shown, from 0; −1 while there is no tour. */
    public ReadOnlyIntegerProperty stopProperty() {
        return stop.getReadOnlyProperty();
    }

    /** Begins at the first stop. */
    public void begin() {
        before = getScene().getFocusOwner();
        show(0);
    }

    private void end() {
        setVisible(false);
        stop.set(ENDED);
        if (before != null) {
            before.requestFocus();
        }
    }

    private void go(int by) {
        int to = Math.max(0, stop.get() + by);
        if (to == STOPS.size()) {
            end();
        } else {
            show(to);
        }
    }

    private void show(int index) {
        stop.set(index);
        text.textProperty().bind(words.text(STOPS.get(index).key()));
        place.setText((index + 1) + " / " + STOPS.size());
        next.textProperty().bind(words.text(index + 1 == STOPS.size() ? "tour.done" : "tour.next"));
        next.accessibleTextProperty().bind(text.textProperty());
        setVisible(true);
        next.requestFocus();
        requestLayout();
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            end();
        } else if (event.getCode() == KeyCode.RIGHT) {
            go(1);
        } else if (event.getCode() == KeyCode.LEFT) {
            go(-1);
        } else {
            return;
        }
        event.consume();
    }

    @Override
    protected void layoutChildren() {
        if (stop.get() == ENDED) {
            return;
        }
        Node target = getScene().getRoot().lookup(STOPS.get(stop.get()).target());
        ring.setVisible(target != null);
        double width = snapSizeX(card.prefWidth(-1));
        double height = snapSizeY(card.prefHeight(width));
        if (target == null) {
            card.resizeRelocate((getWidth() - width) / 2, (getHeight() - height) / 2, width, height);
            return;
        }
        Bounds at = sceneToLocal(target.localToScene(target.getLayoutBounds()));
        layoutInArea(
                ring,
                at.getMinX() - RING,
                at.getMinY() - RING,
                at.getWidth() + 2 * RING,
                at.getHeight() + 2 * RING,
                0,
                HPos.LEFT,
                VPos.TOP);
        place(at, width, height);
    }

    /** To the right where there is room, else to the left, else within; never outside the window. */
    private void place(Bounds at, double width, double height) {
        double x = at.getMaxX() + GAP;
        if (x + width > getWidth()) {
            x = at.getMinX() - GAP - width;
        }
        if (x < 0) {
            x = at.getCenterX() - width / 2;
        }
        double y = at.getHeight() > 2 * height ? at.getCenterY() - height / 2 : at.getMinY();
        card.resizeRelocate(
                snapPositionX(Math.max(GAP, Math.min(x, getWidth() - width - GAP))),
                snapPositionY(Math.max(GAP, Math.min(y, getHeight() - height - GAP))),
                width,
                height);
    }
}
