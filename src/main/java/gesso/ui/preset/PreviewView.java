package gesso.ui.preset;

import gesso.library.preset.Presets.Stored;
import gesso.ui.common.Parts;
import gesso.ui.common.Problem;
import gesso.ui.common.Words;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What a preset would change, a line for each value, each of which can be left out. */
final class PreviewView extends VBox {
    private static final int LONGEST = 60;
    private static final double SIDE = 96;

    PreviewView(Words words, PresetModel model, PresetPreview preview, PresetView around) {
        setId("preset-preview");
        getStyleClass().add("preset-preview");
        Stored stored = preview.stored();
        String language = words.languageProperty().get().code();
        Label name = new Label(stored.preset().name(language));
        name.getStyleClass().add("section-title");
        getChildren().add(name);
        String description = stored.preset().description(language);
        if (!description.isEmpty()) {
            getChildren().add(quiet(description));
        }
        getChildren().add(card(words, stored, around));
        for (Problem note : preview.notes()) {
            Label label = quiet("");
            label.getStyleClass().add("preset-note");
            label.textProperty().bind(note.text(words));
            getChildren().add(label);
        }
        preview.changes().forEach(change -> getChildren().add(line(words, change)));
        if (preview.changes().isEmpty()) {
            Label same = quiet("");
            same.textProperty().bind(words.text("preset.same"));
            getChildren().add(same);
        }
        Button apply = PresetView.word(words, "preset.apply", model::apply);
        apply.getStyleClass().add("accent");
        FlowPane buttons = new FlowPane(
                apply,
                PresetView.word(words, "preset.cancel", model::lookAway),
                icon(words, "preset.copy", Feather.COPY, () -> around.copy(stored)),
                icon(words, "preset.export", Feather.SHARE, () -> around.export(stored)));
        if (!stored.preset().isReadOnly()) {
            buttons.getChildren().add(icon(words, "preset.rename", Feather.EDIT_3, () -> around.rename(stored)));
        }
        if (!stored.isShipped()) {
            buttons.getChildren().add(icon(words, "preset.delete", Feather.TRASH_2, () -> model.delete(stored)));
        }
        buttons.getStyleClass().add("preset-buttons");
        getChildren().add(buttons);
    }

    /** The preset's picture, to be dragged out as a card. */
    private static ImageView card(Words words, Stored stored, PresetView around) {
        ImageView card = new ImageView();
        card.setId("preset-card");
        card.setPreserveRatio(true);
        card.setFitHeight(SIDE);
        card.setFitWidth(SIDE);
        card.managedProperty().bind(Bindings.isNotNull(card.imageProperty()));
        Tooltip.install(card, Parts.hint(words, "preset.drag"));
        around.card(stored, (file, image) -> {
            card.setImage(image);
            card.setOnDragDetected(event -> {
                ClipboardContent content = new ClipboardContent();
                content.putFiles(List.of(file.toFile()));
                card.startDragAndDrop(TransferMode.COPY).setContent(content);
                event.consume();
            });
        });
        return card;
    }

    private static Button icon(Words words, String key, Feather icon, Runnable action) {
        Button button = Parts.iconButton(words, key, icon, action);
        button.setId(key.replace('.', '-'));
        return button;
    }

    private static CheckBox line(Words words, PresetChange change) {
        CheckBox box = new CheckBox();
        box.setId(change.on().name());
        box.setMnemonicParsing(false);
        box.setWrapText(true);
        box.textProperty()
                .bind(words.text(
                        "preset.line",
                        words.text(change.key()),
                        value(words, change.now()),
                        value(words, change.then())));
        box.selectedProperty().bindBidirectional(change.on().onProperty());
        return box;
    }

    private static String value(Words words, String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return switch (line) {
            case "" -> "–";
            case "true" -> words.get("preset.on");
            case "false" -> words.get("preset.off");
            default -> line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
        };
    }

    private static Label quiet(String text) {
        Label label = Parts.quiet(null);
        label.setText(text);
        label.setWrapText(true);
        return label;
    }
}
