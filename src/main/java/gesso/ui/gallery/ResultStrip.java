package gesso.ui.gallery;

import gesso.ui.canvas.CanvasModel;
import gesso.ui.canvas.PictureActions;
import gesso.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The session's pictures: a click, or the arrow keys, show one on the canvas; it can be dragged out as a file. */
public final class ResultStrip extends VBox {
    private static final double ROOM_AROUND = 36;

    private final CanvasModel canvas;
    private final PictureActions actions;
    private final ListView<Result> list = new ListView<>();
    private boolean following;

    public ResultStrip(Words words, ResultsModel model, CanvasModel canvas, PictureActions actions) {
        this.canvas = canvas;
        this.actions = actions;
        getStyleClass().add("results");
        Label title = new Label();
        title.getStyleClass().add("section-title");
        title.textProperty().bind(words.text("results"));
        list.setId("results");
        list.accessibleTextProperty().bind(words.text("results"));
        list.setItems(model.results());
        list.setCellFactory(view -> new Cell());
        VBox.setVgrow(list, Priority.ALWAYS);
        Label none = new Label();
        none.getStyleClass().add("quiet-text");
        none.setWrapText(true);
        none.textProperty().bind(words.text("results.none"));
        list.setPlaceholder(none);
        getChildren().addAll(title, list);
        list.getSelectionModel().selectedItemProperty().addListener((property, old, now) -> select(now));
        canvas.shownProperty().addListener((property, old, now) -> follow());
        model.results().addListener((ListChangeListener<Result>) change -> follow());
    }

    private void select(@Nullable Result result) {
        if (result != null && !following) {
            canvas.show(result.made());
        }
    }

    /** Marks the picture that is on the canvas, without showing it once more. */
    private void follow() {
        following = true;
        Result shown = list.getItems().stream()
                .filter(result -> result.made().equals(canvas.shownProperty().get()))
                .findFirst()
                .orElse(null);
        if (shown == null) {
            list.getSelectionModel().clearSelection();
        } else {
            list.getSelectionModel().select(shown);
        }
        following = false;
    }

    private final class Cell extends ListCell<Result> {
        private final ImageView view = new ImageView();
        private final StackPane frame = new StackPane(view);

        Cell() {
            frame.getStyleClass().add("thumbnail");
            frame.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
            view.setPreserveRatio(true);
            view.fitWidthProperty().bind(Bindings.max(32, list.widthProperty().subtract(ROOM_AROUND)));
            setAccessibleRole(AccessibleRole.LIST_ITEM);
            setOnMouseClicked(click -> {
                if (getItem() != null) {
                    canvas.show(getItem().made());
                }
            });
            setOnDragDetected(event -> {
                Result result = getItem();
                if (result != null) {
                    actions.dragOut(this, result.made(), result.thumbnail());
                    event.consume();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Result result, boolean empty) {
            super.updateItem(result, empty);
            view.setImage(result == null ? null : result.thumbnail());
            setGraphic(result == null ? null : frame);
            setAccessibleText(
                    result == null
                            ? null
                            : result.made().request().prompt() + ", "
                                    + result.made().request().seeds().seed());
        }
    }
}
