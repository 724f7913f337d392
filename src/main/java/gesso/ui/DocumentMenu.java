package gesso.ui;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.nio.file.Path;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;

/** The document's name, with a dot while anything is unsaved; beneath it what can be done with its file. */
final class DocumentMenu extends MenuButton {
    private final Words words;
    private final DocumentModel document;

    DocumentMenu(Words words, DocumentModel document) {
        this.words = words;
        this.document = document;
        setId("document");
        getStyleClass().addAll("flat", "quiet");
        setTooltip(Parts.hint(words, "document"));
        accessibleTextProperty().bind(words.text("document"));
        Runnable named = this::named;
        document.file().onChange(named);
        document.unsaved().onChange(named);
        words.languageProperty().addListener((property, old, now) -> named());
        named();
        setOnShowing(event -> fill());
        fill();
    }

    private void named() {
        String name = document.name().isEmpty() ? words.get("document.unnamed") : document.name();
        setText(document.unsaved().isOn() ? name + " •" : name);
    }

    private void fill() {
        getItems()
                .setAll(
                        item("document.save", "Shortcut+S", document::save),
                        item("document.save-as", "Shortcut+Shift+S", document::saveAs),
                        item("document.open", "Shortcut+O", document::open));
        if (!document.recent().isEmpty()) {
            getItems().add(new SeparatorMenuItem());
        }
        for (Path recent : document.recent()) {
            MenuItem item = new MenuItem(String.valueOf(recent.getFileName()));
            item.setMnemonicParsing(false);
            item.setOnAction(event -> document.open(recent));
            getItems().add(item);
        }
    }

    private MenuItem item(String key, String keys, Runnable action) {
        MenuItem item = new MenuItem(words.get(key));
        item.setAccelerator(KeyCombination.valueOf(keys));
        item.setOnAction(event -> action.run());
        return item;
    }
}
