package gesso.ui.models;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A field for a link; nothing is downloaded before its button is pressed. */
final class AddingView extends VBox {
    AddingView(Words words, AddingModel model) {
        getStyleClass().add("models-adding");
        TextField link = new TextField();
        link.setId("models-link");
        link.promptTextProperty().bind(words.text("models.link"));
        link.accessibleTextProperty().bind(words.text("models.link"));
        HBox.setHgrow(link, Priority.ALWAYS);
        Button start = button(words, "models.download");
        start.disableProperty().bind(link.textProperty().isEmpty());
        start.setOnAction(event -> model.add(link.getText()));
        link.setOnAction(event -> model.add(link.getText()));
        ProgressBar bar = new ProgressBar();
        bar.setId("models-progress");
        bar.getStyleClass().add("small");
        bar.progressProperty().bind(model.partProperty());
        Button cancel = button(words, "models.cancel");
        cancel.setOnAction(event -> model.cancel());
        shown(start, model.runningProperty().not());
        shown(bar, model.runningProperty());
        shown(cancel, model.runningProperty());
        HBox row = new HBox(link, bar, start, cancel);
        row.getStyleClass().add("control-top");
        Label sentence = Parts.quiet("models-sentence");
        sentence.setWrapText(true);
        sentence.textProperty().bind(model.sentenceProperty());
        shown(sentence, Bindings.isNotEmpty(model.sentenceProperty()));
        getChildren().addAll(row, sentence);
    }

    private static Button button(Words words, String key) {
        Button button = new Button();
        button.setId(key.replace('.', '-'));
        button.textProperty().bind(words.text(key));
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private static void shown(Node node, ObservableBooleanValue when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
