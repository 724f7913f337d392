package gesso.ui.queue;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import gesso.ui.queue.Progress.Phase;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** One job: what it is, how far it is or what it will take, and, if it failed, why. */
final class JobCardView extends VBox {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final Words words;
    private final QueueModel model;
    private final JobCard card;

    JobCardView(Words words, QueueModel model, JobCard card) {
        this.words = words;
        this.model = model;
        this.card = card;
        getStyleClass().add("job-card");
        BooleanBinding failed =
                Bindings.createBooleanBinding(() -> card.progress().phase() == Phase.FAILED, card.progressProperty());
        failed.addListener((property, old, now) -> pseudoClassStateChanged(FAILED, now));
        Label state = Parts.quiet(null);
        state.textProperty().bind(stateText());
        state.visibleProperty().bind(failed.not());
        state.managedProperty().bind(failed.not());
        getChildren().addAll(top(), state, bar(failed), failure(failed));
    }

    private Node top() {
        String prompt = card.request().prompt();
        Label name = new Label(prompt.isBlank() ? "–" : prompt.strip().replace('\n', ' '));
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Button close = Parts.iconButton(words, "job.remove", Feather.X, this::remove);
        close.getStyleClass().add("small-icon");
        HBox top = new HBox(name, close);
        top.getStyleClass().add("job-top");
        return top;
    }

    private void remove() {
        if (card.progress().phase() == Phase.FAILED) {
            model.dismiss(card);
        } else {
            model.cancel(card);
        }
    }

    private StringBinding stateText() {
        return Bindings.createStringBinding(
                () -> {
                    boolean isNext = model.runningProperty().get() == card;
                    if (card.progress().phase() != Phase.WAITING || isNext) {
                        return ProgressText.of(words, card).get();
                    }
                    double seconds = model.expectedSeconds(card.request());
                    return Double.isNaN(seconds)
                            ? words.get("job.waiting")
                            : words.get("job.expected", ProgressText.clock(seconds));
                },
                card.progressProperty(),
                model.runningProperty(),
                words.languageProperty());
    }

    private Node bar(BooleanBinding failed) {
        ProgressBar bar = new ProgressBar();
        bar.getStyleClass().add("small");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(ProgressText.part(card));
        bar.visibleProperty().bind(failed.not().and(model.runningProperty().isEqualTo(card)));
        bar.managedProperty().bind(bar.visibleProperty());
        return bar;
    }

    private Node failure(BooleanBinding failed) {
        Label sentence = new Label();
        sentence.getStyleClass().add("problem");
        sentence.setWrapText(true);
        sentence.textProperty().bind(card.sentenceProperty());
        Button details = new Button();
        details.getStyleClass().addAll("flat", "small");
        details.textProperty().bind(words.text("job.details"));
        details.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(card.sentenceProperty().get() + "\n\n"
                    + card.detailsProperty().get());
            Clipboard.getSystemClipboard().setContent(content);
        });
        Button again = new Button();
        again.getStyleClass().addAll("flat", "small");
        again.textProperty().bind(words.text("job.again"));
        again.setOnAction(event -> {
            model.dismiss(card);
            model.submit(card.request());
        });
        FlowPane buttons = new FlowPane(again, details);
        buttons.getStyleClass().add("job-buttons");
        VBox failure = new VBox(sentence, buttons);
        failure.visibleProperty().bind(failed);
        failure.managedProperty().bind(failed);
        return failure;
    }
}
