package gesso.ui.palette;

import gesso.ui.common.Words;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Over everything while it is open: a field to type into, and what is found by it, by name. Arrow keys choose, Enter uses,
 * Escape closes.
 */
public final class Palette extends StackPane {
    private final Supplier<List<Entry>> source;
    private final TextField field = new TextField();
    private final ListView<Entry> found = new ListView<>();
    private final Label none = new Label();
    private List<Entry> all = List.of();
    private @Nullable Node before;

    /** @param source is asked for everything that can be found, whenever it is opened */
    public Palette(Words words, Supplier<List<Entry>> source) {
        this.source = source;
        getStyleClass().add("palette-room");
        setId("palette");
        field.setId("palette-field");
        field.promptTextProperty().bind(words.text("palette.hint"));
        field.accessibleTextProperty().bind(words.text("palette"));
        field.textProperty().addListener((property, old, now) -> find());
        found.setId("palette-list");
        found.setFocusTraversable(false);
        found.setCellFactory(list -> new Cell());
        found.accessibleTextProperty().bind(words.text("palette"));
        none.textProperty().bind(words.text("palette.none"));
        none.getStyleClass().add("quiet-text");
        found.setPlaceholder(none);
        VBox box = new VBox(field, found);
        box.getStyleClass().add("palette");
        getChildren().add(box);
        setAlignment(box, Pos.TOP_CENTER);
        setVisible(false);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        setOnMousePressed(event -> {
            if (event.getTarget() == this) {
                close();
            }
        });
    }

    /** Opens it with nothing typed; closes it where it is open. */
    public void toggle() {
        if (isVisible()) {
            close();
        } else {
            all = source.get();
            before = getScene().getFocusOwner();
            setVisible(true);
            field.clear();
            find();
            field.requestFocus();
        }
    }

    private void close() {
        setVisible(false);
        Node last = before;
        before = null;
        if (last != null) {
            last.requestFocus();
        }
    }

    private void find() {
        found.getItems().setAll(Finder.find(all, field.getText()));
        found.getSelectionModel().selectFirst();
        found.scrollTo(0);
    }

    private void pressed(KeyEvent key) {
        switch (key.getCode()) {
            case ESCAPE -> close();
            case ENTER -> use();
            case UP -> go(-1);
            case DOWN -> go(1);
            case PAGE_UP -> go(-8);
            case PAGE_DOWN -> go(8);
            case TAB -> {
                // There is nowhere else to go.
            }
            default -> {
                return;
            }
        }
        key.consume();
    }

    private void go(int places) {
        int last = found.getItems().size() - 1;
        int next = Math.max(0, Math.min(last, found.getSelectionModel().getSelectedIndex() + places));
        found.getSelectionModel().select(next);
        found.scrollTo(Math.max(0, next - 4));
    }

    /** Closed first: what is used may take the focus. */
    private void use() {
        Entry entry = found.getSelectionModel().getSelectedItem();
        if (entry != null) {
            close();
            entry.use().run();
        }
    }

    private final class Cell extends ListCell<Entry> {
        private final Label name = new Label();
        private final Label kind = new Label();
        private final HBox row = new HBox(name, kind);

        Cell() {
            name.setMaxWidth(Double.MAX_VALUE);
            name.setMinWidth(0);
            HBox.setHgrow(name, Priority.ALWAYS);
            kind.getStyleClass().add("quiet-text");
            kind.setMinWidth(USE_PREF_SIZE);
            row.setAlignment(Pos.CENTER_LEFT);
            setOnMouseClicked(click -> {
                if (getItem() != null) {
                    use();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            setGraphic(entry == null || empty ? null : row);
            setAccessibleText(entry == null || empty ? null : entry.name() + ", " + entry.kind());
            if (entry != null) {
                name.setText(entry.name());
                kind.setText(entry.kind());
            }
        }
    }
}
