package gesso.ui.generate;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.List;
import javafx.beans.Observable;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.VBox;

/** Chooses styles; not there while there are none. */
final class StyleView extends VBox {
    private final Words words;
    private final StyleModel model;
    private final MenuButton button = new MenuButton();

    StyleView(Words words, StyleModel model) {
        this.words = words;
        this.model = model;
        getStyleClass().add("choice-control");
        button.setMaxWidth(Double.MAX_VALUE);
        Parts.connect(words, "styles", model.setting(), button);
        getChildren().addAll(Parts.label(words, "styles", model.setting(), button), button);
        model.names().addListener((Observable changed) -> fill());
        model.setting().onChange(this::fill);
        words.languageProperty().addListener((property, old, now) -> fill());
        fill();
    }

    private void fill() {
        List<String> chosen = model.chosen();
        button.setText(chosen.isEmpty() ? words.get("styles.none") : String.join(", ", chosen));
        button.getItems()
                .setAll(model.names().stream()
                        .map(name -> item(name, chosen.contains(name)))
                        .toList());
        setVisible(!model.names().isEmpty());
        setManaged(isVisible());
    }

    private CheckMenuItem item(String name, boolean on) {
        CheckMenuItem item = new CheckMenuItem(name);
        item.setMnemonicParsing(false);
        item.setSelected(on);
        item.setOnAction(event -> model.choose(name, item.isSelected()));
        return item;
    }
}
