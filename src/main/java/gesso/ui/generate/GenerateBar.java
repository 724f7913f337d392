package gesso.ui.generate;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import gesso.ui.queue.JobCard;
import gesso.ui.queue.ProgressText;
import gesso.ui.queue.QueueModel;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Where a picture is started and stopped: Generate, which becomes the progress of what runs, with Cancel in it. */
public final class GenerateBar extends VBox {
    private final Words words;
    private final ProgressBar bar = new ProgressBar();
    private final Label text = new Label();

    public GenerateBar(Words words, RecipeModel recipe, QueueModel queue, Runnable generate, Runnable cancel) {
        this.words = words;
        getStyleClass().add("generate-bar");
        Button start = new Button();
        start.setId("generate");
        start.textProperty().bind(words.text("generate"));
        start.getStyleClass().addAll("accent", "generate");
        start.setMaxWidth(Double.MAX_VALUE);
        start.setTooltip(Parts.hint(words, "generate.hint"));
        start.setOnAction(event -> generate.run());
        start.disableProperty().bind(Bindings.isNull(recipe.model().valueProperty()));
        Node runs = progress(generate, cancel);
        start.visibleProperty().bind(Bindings.isNull(queue.runningProperty()));
        runs.visibleProperty().bind(Bindings.isNotNull(queue.runningProperty()));
        Label trouble = new Label();
        trouble.getStyleClass().add("problem");
        trouble.setWrapText(true);
        trouble.managedProperty().bind(trouble.textProperty().isNotEmpty());
        recipe.troubleProperty().addListener((property, old, now) -> {
            trouble.textProperty().unbind();
            trouble.setText("");
            if (now != null) {
                trouble.textProperty().bind(now.text(words));
            }
        });
        getChildren().addAll(trouble, new StackPane(start, runs));
        queue.runningProperty().addListener((property, old, now) -> follow(now));
    }

    private Node progress(Runnable generate, Runnable cancelRunning) {
        bar.setId("progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.accessibleTextProperty().bind(text.textProperty());
        text.setId("progress-text");
        text.setMouseTransparent(true);
        StackPane shown = new StackPane(bar, text);
        HBox.setHgrow(shown, Priority.ALWAYS);
        Button more = Parts.iconButton(words, "generate.more", Feather.PLUS, generate);
        more.setId("generate-more");
        Button cancel = new Button();
        cancel.setId("cancel");
        cancel.textProperty().bind(words.text("cancel"));
        cancel.setTooltip(Parts.hint(words, "cancel.hint"));
        cancel.setOnAction(event -> cancelRunning.run());
        HBox row = new HBox(shown, more, cancel);
        row.getStyleClass().add("progress-row");
        return row;
    }

    private void follow(@Nullable JobCard card) {
        bar.progressProperty().unbind();
        text.textProperty().unbind();
        if (card != null) {
            bar.progressProperty().bind(ProgressText.part(card));
            text.textProperty().bind(ProgressText.of(words, card));
        }
    }
}
