package gesso.ui.queue;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Sentences that are no failures, until they are closed; and the way back after the queue was emptied. */
public final class Notices extends VBox {
    private final Words words;
    private final QueueModel model;

    public Notices(Words words, QueueModel model) {
        this.words = words;
        this.model = model;
        getStyleClass().add("notices");
        ListChangeListener<Object> follow = change -> show();
        model.notices().addListener(follow);
        model.dropped().addListener(follow);
    }

    private void show() {
        getChildren().clear();
        for (String sentence : model.notices()) {
            Label label = new Label(sentence);
            getChildren().add(notice(label, () -> model.dismissNotice(sentence)));
        }
        if (!model.dropped().isEmpty()) {
            Label label = new Label();
            ObservableValue<String> text =
                    words.text("queue.emptied", Bindings.size(model.dropped()).get());
            label.textProperty().bind(text);
            Button undo = new Button();
            undo.setId("undo");
            undo.textProperty().bind(words.text("undo"));
            undo.setOnAction(event -> model.undoEmpty());
            getChildren().add(notice(label, model::forgetDropped, undo));
        }
    }

    private Node notice(Label label, Runnable close, Node... more) {
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox row = new HBox(new FontIcon(Feather.INFO), label);
        row.getChildren().addAll(more);
        row.getChildren().add(Parts.iconButton(words, "close", Feather.X, close));
        row.getStyleClass().add("notice");
        return row;
    }
}
