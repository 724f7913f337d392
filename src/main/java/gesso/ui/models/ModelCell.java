package gesso.ui.models;

import gesso.library.LibraryEntry;
import gesso.library.ModelFacts;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A model in the list: its preview, its name, what it is. */
final class ModelCell extends ListCell<LibraryEntry> {
    private static final double SIDE = 56;
    private static final long RECENTLY = 10 * 60 * 1000; // milliseconds

    private final Words words;
    private final ModelsModel model;
    private final ImageView preview = new ImageView();
    private final FontIcon instead = new FontIcon(Feather.BOX);
    private final Label name = new Label();
    private final Label what = Parts.quiet(null);
    private final FontIcon star = new FontIcon(Feather.STAR);
    private final HBox card;

    ModelCell(Words words, ModelsModel model) {
        this.words = words;
        this.model = model;
        getStyleClass().add("model-cell");
        preview.setFitWidth(SIDE);
        preview.setFitHeight(SIDE);
        preview.setPreserveRatio(true);
        StackPane frame = new StackPane(instead, preview);
        frame.getStyleClass().add("model-preview");
        frame.setMinSize(SIDE, SIDE);
        frame.setMaxSize(SIDE, SIDE);
        name.getStyleClass().add("model-name");
        VBox text = new VBox(name, what);
        text.setMinWidth(0);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        star.getStyleClass().add("model-star");
        card = new HBox(frame, text, star);
        card.getStyleClass().add("model-card");
        // The list is as wide as it is: long names are cut, and read whole beside it.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable LibraryEntry entry, boolean empty) {
        super.updateItem(entry, empty);
        if (entry == null || empty) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        name.setText(entry.name());
        what.setText(what(words, entry));
        star.setVisible(entry.favourite());
        Image image = model.preview(entry, () -> show(entry));
        preview.setImage(image);
        instead.setVisible(image == null);
        setGraphic(card);
        setAccessibleText(entry.name() + ", " + what.getText());
    }

    /** The preview came; the cell may show another model by now. */
    private void show(LibraryEntry entry) {
        LibraryEntry now = getItem();
        if (now != null && now.path().equals(entry.path())) {
            updateItem(now, false);
        }
    }

    /** Family, precision, size; or why it cannot be used. */
    static String what(Words words, LibraryEntry entry) {
        List<String> parts = new ArrayList<>();
        ModelFacts facts = entry.facts();
        if (facts != null && facts.incomplete()) {
            boolean recent = System.currentTimeMillis() - entry.modified() < RECENTLY;
            parts.add(words.get(recent ? "models.copying" : "models.incomplete"));
        } else if (facts != null
                && facts.kind().equals("unknown")
                && !facts.trouble().isEmpty()) {
            parts.add(words.get("models.unreadable"));
        } else if (facts != null) {
            parts.add(facts.architecture().equals("unknown") ? facts.kind() : facts.architecture());
            if (!facts.precision().isEmpty()) {
                parts.add(facts.precision());
            }
        }
        parts.add(size(entry.model().size()));
        return String.join(" · ", parts);
    }

    private static String size(long bytes) {
        double mega = bytes / 1e6;
        if (mega < 0.1) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return mega >= 1000
                ? String.format(Locale.ROOT, "%.1f GB", mega / 1000)
                : String.format(Locale.ROOT, mega < 10 ? "%.1f MB" : "%.0f MB", mega);
    }
}
