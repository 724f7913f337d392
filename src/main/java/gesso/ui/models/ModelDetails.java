package gesso.ui.models;

import gesso.library.HashCache;
import gesso.library.LibraryEntry;
import gesso.library.ModelFacts;
import gesso.library.SideCar;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The model that is looked at: its preview, what it is, the words that call it, the artist's note, what can be done with it. */
final class ModelDetails extends VBox {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final double PREVIEW = 220;

    private final Words words;
    private final ModelsModel model;
    private final ModelUse use;
    private final ImageView preview = new ImageView();
    private final Label name = label("model-details-name");
    private final Label what = label("model-details-what");
    private final Label trouble = label("model-details-trouble");
    private final Label place = Parts.quiet("model-details-place");
    private final FlowPane triggers = new FlowPane();
    private final Label triggersTitle = new Label();
    private final Label description = Parts.quiet("model-details-description");
    private final TextArea note = new TextArea();
    private final Button useButton;
    private final Button star;
    private @Nullable LibraryEntry entry;

    ModelDetails(Words words, ModelsModel model, ModelUse use) {
        this.words = words;
        this.model = model;
        this.use = use;
        getStyleClass().add("model-details");
        setId("model-details");
        preview.setFitWidth(PREVIEW);
        preview.setFitHeight(PREVIEW);
        preview.setPreserveRatio(true);
        name.getStyleClass().add("interrogate-title");
        trouble.getStyleClass().add("problem");
        place.setWrapText(true);
        description.setWrapText(true);
        triggers.getStyleClass().add("chips");
        triggersTitle.textProperty().bind(words.text("models.triggers"));
        note.setId("model-note");
        note.setPrefRowCount(3);
        note.setWrapText(true);
        note.promptTextProperty().bind(words.text("models.note"));
        note.accessibleTextProperty().bind(words.text("models.note"));
        note.focusedProperty().addListener((property, old, now) -> keepNote(now));
        useButton = button("models.use", () -> withEntry(use::use));
        useButton.getStyleClass().add("accent");
        star = Parts.iconButton(words, "models.favourite", Feather.STAR, () -> withEntry(model::toggleFavourite));
        star.setId("model-favourite");
        Button reveal = button("models.reveal", () -> withEntry(e -> use.reveal(e.path())));
        HBox actions = new HBox(useButton, reveal, star);
        actions.getStyleClass().add("control-top");
        getChildren().addAll(preview, name, what, trouble, actions, triggersTitle, triggers, note, description, place);
        model.chosenProperty().addListener((property, old, now) -> show(now));
        model.aboutProperty().addListener((property, old, now) -> showAbout(now));
        words.languageProperty().addListener((property, old, now) -> show(entry));
        show(null);
    }

    private static Label label(String id) {
        Label label = new Label();
        label.setId(id);
        label.setWrapText(true);
        return label;
    }

    private Button button(String key, Runnable action) {
        Button button = new Button();
        button.setId(key.replace('.', '-'));
        button.textProperty().bind(words.text(key));
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    private void withEntry(Consumer<LibraryEntry> action) {
        LibraryEntry now = entry;
        if (now != null) {
            action.accept(now);
        }
    }

    /** A note is kept when the artist leaves it. */
    private void keepNote(boolean focused) {
        if (!focused) {
            withEntry(e -> model.note(e, note.getText()));
        }
    }

    private void show(@Nullable LibraryEntry now) {
        LibraryEntry before = entry;
        boolean other = before == null || now == null || !before.path().equals(now.path());
        if (other && before != null && note.isFocused()) {
            model.note(before, note.getText());
        }
        entry = now;
        setVisible(now != null);
        if (now == null) {
            return;
        }
        ModelFacts facts = now.facts();
        String hash = now.model().hash();
        name.setText(
                facts == null || facts.title().equals(now.name()) ? now.name() : now.name() + " — " + facts.title());
        what.setText(String.join(
                " · ",
                List.of(
                                ModelCell.what(words, now),
                                facts == null ? "" : facts.form(),
                                facts == null ? "" : facts.prediction(),
                                hash == null ? "" : HashCache.shortened(hash))
                        .stream()
                        .filter(part -> !part.isEmpty())
                        .toList()));
        trouble.setText(facts == null ? "" : facts.trouble());
        shown(trouble, facts != null && !facts.trouble().isEmpty());
        place.setText(now.path().toString());
        shown(useButton, use.canUse(now));
        star.pseudoClassStateChanged(ON, now.favourite());
        if (other) {
            note.setText(now.note());
            showAbout(null);
        }
        picture(now);
    }

    private void picture(LibraryEntry now) {
        Image image = model.preview(now, () -> {
            LibraryEntry still = entry;
            if (still != null && still.path().equals(now.path())) {
                picture(still);
            }
        });
        preview.setImage(image);
        shown(preview, image != null);
    }

    private void showAbout(@Nullable SideCar about) {
        triggers.getChildren()
                .setAll(
                        about == null
                                ? List.of()
                                : about.words().stream()
                                        .limit(24)
                                        .map(this::chip)
                                        .toList());
        shown(triggers, !triggers.getChildren().isEmpty());
        shown(triggersTitle, !triggers.getChildren().isEmpty());
        description.setText(about == null ? "" : about.description());
        shown(description, !description.getText().isEmpty());
    }

    private Button chip(String word) {
        Button chip = new Button(word);
        chip.setMnemonicParsing(false);
        chip.getStyleClass().add("small");
        chip.setTooltip(Parts.hint(words, "models.insert"));
        chip.setOnAction(event -> use.insert(word));
        return chip;
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }
}
