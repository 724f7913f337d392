package gesso.ui.gallery;

import gesso.library.gallery.GalleryPicture;
import gesso.ui.common.Background;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureReader;
import gesso.ui.common.Problem;
import gesso.ui.common.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** All pictures: a field to search in, a grid, and what is known of the one that is selected. */
public final class GalleryView extends StackPane {
    private final Words words;
    private final GalleryModel model;
    private final GalleryActions actions;
    private final Background background;
    private final PictureReader pictures;
    private final GalleryGrid grid;
    private final TextField search = new TextField();
    private @Nullable CompareView comparing;

    public GalleryView(
            Words words, GalleryModel model, GalleryActions actions, Background background, PictureReader pictures) {
        this.words = words;
        this.model = model;
        this.actions = actions;
        this.background = background;
        this.pictures = pictures;
        setId("gallery");
        getStyleClass().add("gallery");
        grid = new GalleryGrid(words, model, actions);
        GalleryDetails details = new GalleryDetails(words, model, actions);
        model.thumbnails().onMade(details::made);
        grid.setPlaceholder(placeholder());
        // A list would use these itself.
        grid.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (List.of(KeyCode.ENTER, KeyCode.SPACE, KeyCode.ESCAPE).contains(key.getCode())) {
                key(key);
            }
        });
        BorderPane parts = new BorderPane(grid);
        parts.setTop(new VBox(bar(), problem(), undoBar()));
        parts.setRight(details);
        getChildren().add(parts);
    }

    /** Puts the focus where the arrow keys walk. */
    public void focus() {
        grid.requestFocus();
        if (model.selectedProperty().get() < 0) {
            model.select(0);
        }
    }

    private Node bar() {
        search.setId("gallery-search");
        search.promptTextProperty().bind(words.text("gallery.search.hint"));
        search.accessibleTextProperty().bind(words.text("gallery.search"));
        search.setTooltip(Parts.hint(words, "gallery.search.help"));
        search.textProperty().bindBidirectional(model.searchProperty());
        search.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER || key.getCode() == KeyCode.DOWN) {
                focus();
                key.consume();
            } else if (key.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
                search.clear();
                key.consume();
            }
        });
        HBox.setHgrow(search, Priority.ALWAYS);
        CheckBox jobs = new CheckBox();
        jobs.setId("gallery-by-job");
        jobs.textProperty().bind(words.text("gallery.by-job"));
        jobs.selectedProperty().bindBidirectional(model.byJob().onProperty());
        Button compare = new Button();
        compare.setId("gallery-compare");
        compare.textProperty().bind(words.text("gallery.compare"));
        compare.setTooltip(Parts.hint(words, "gallery.compare.hint"));
        compare.setOnAction(event -> compare());
        Label count = Parts.quiet("gallery-count");
        count.textProperty().bind(words.text("gallery.count", model.countProperty()));
        Button add = Parts.iconButton(words, "gallery.add-folder", Feather.FOLDER_PLUS, actions::addFolder);
        add.setId("gallery-add-folder");
        Button forget = Parts.iconButton(words, "gallery.forget-folders", Feather.FOLDER_MINUS, model::forgetFolders);
        forget.setId("gallery-forget-folders");
        forget.visibleProperty().bind(model.folders().changedProperty());
        forget.managedProperty().bind(forget.visibleProperty());
        HBox bar = new HBox(search, jobs, compare, add, forget, count);
        bar.getStyleClass().add("gallery-bar");
        return bar;
    }

    private Node problem() {
        Label label = new Label();
        label.setId("gallery-problem");
        label.getStyleClass().add("problem");
        label.setWrapText(true);
        model.problemProperty().subscribe(now -> say(label, now));
        return label;
    }

    private void say(Label label, @Nullable Problem now) {
        label.textProperty().unbind();
        label.setVisible(now != null);
        label.setManaged(now != null);
        if (now != null) {
            label.textProperty().bind(now.text(words));
        }
    }

    private Node undoBar() {
        Label label = new Label();
        Button undo = new Button();
        undo.setId("gallery-undo");
        undo.textProperty().bind(words.text("undo"));
        undo.setOnAction(event -> model.undo());
        HBox row = new HBox(label, undo);
        row.getStyleClass().add("notice");
        model.undoableProperty().subscribe(now -> {
            label.setText(now == null ? "" : words.get(now.key(), now.name()));
            row.setVisible(now != null);
            row.setManaged(now != null);
        });
        return row;
    }

    private Node placeholder() {
        Label none = new Label();
        none.getStyleClass().add("quiet-text");
        none.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> words.get(search.getText().isBlank() ? "gallery.none" : "gallery.none-found"),
                        search.textProperty(),
                        words.languageProperty()));
        return none;
    }

    /** Two that were picked; or one that was, and the selected one. */
    private void compare() {
        Set<Path> two = new LinkedHashSet<>(grid.picked());
        GalleryPicture selected = model.selected();
        if (two.size() < 2 && selected != null) {
            two.add(selected.file());
        }
        if (two.size() < 2) {
            model.problemProperty().set(new Problem("gallery.compare.hint"));
            return;
        }
        endComparison();
        CompareView view = new CompareView(words, background, pictures, new ArrayList<>(two), this::endComparison);
        comparing = view;
        getChildren().add(view);
        view.lookup("#compare-close").requestFocus();
    }

    private void endComparison() {
        getChildren().remove(comparing);
        comparing = null;
        grid.requestFocus();
    }

    /** A key that nothing in the gallery has used; none of them reaches what lies beneath. */
    public void key(KeyEvent key) {
        boolean typing = getScene() != null && getScene().getFocusOwner() instanceof TextInputControl;
        CompareView compared = comparing;
        if (key.getCode() == KeyCode.ESCAPE) {
            if (compared != null) {
                endComparison();
            } else {
                actions.close();
            }
        } else if (compared != null && !typing) {
            switch (key.getCode()) {
                case PLUS, EQUALS, ADD -> compared.zoomBy(1.25);
                case MINUS, SUBTRACT -> compared.zoomBy(0.8);
                default -> {}
            }
        } else if (!typing) {
            command(key);
        }
        key.consume();
    }

    private void command(KeyEvent key) {
        GalleryPicture picture = model.selected();
        if (key.isShortcutDown()) {
            if (key.getCode() == KeyCode.Z) {
                model.undo();
            } else if (key.getCode() == KeyCode.F) {
                search.requestFocus();
            }
            return;
        }
        if (key.getCode() == KeyCode.SLASH) {
            search.requestFocus();
        }
        if (picture == null) {
            return;
        }
        switch (key.getCode()) {
            case DIGIT0,
                    DIGIT1,
                    DIGIT2,
                    DIGIT3,
                    DIGIT4,
                    DIGIT5,
                    NUMPAD0,
                    NUMPAD1,
                    NUMPAD2,
                    NUMPAD3,
                    NUMPAD4,
                    NUMPAD5 -> {
                int rating = List.of("0", "1", "2", "3", "4", "5")
                        .indexOf(key.getCode().getName().replaceFirst("\\D*", ""));
                model.mark(picture, m -> m.withRating(rating));
            }
            case ENTER -> actions.open(picture);
            case R -> actions.reuse(picture);
            case T -> actions.rework(picture);
            case P -> actions.preset(picture);
            case SPACE -> grid.pick(picture);
            case C -> compare();
            case DELETE, BACK_SPACE -> model.delete(picture);
            default -> {}
        }
    }
}
