package gesso.ui.queue;

import gesso.request.GenerationRequest;
import gesso.request.UpscaleRequest;
import gesso.request.Work;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import gesso.ui.queue.Progress.Phase;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/**
 * One job: what it is, how far it is or what it will take, and, if it failed, why and what can be done. It is dragged to
 * another place, or taken there by Alt and the arrow keys; Delete takes it off the queue, Enter tries a failed one again.
 */
final class JobCardView extends VBox {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass AIMED = PseudoClass.getPseudoClass("aimed");

    private final Words words;
    private final QueueModel model;
    private final JobCard card;
    private final Consumer<Path> reveal;

    JobCardView(Words words, QueueModel model, JobCard card, Consumer<Path> reveal) {
        this.words = words;
        this.model = model;
        this.card = card;
        this.reveal = reveal;
        getStyleClass().add("job-card");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        BooleanBinding failed =
                Bindings.createBooleanBinding(() -> card.progress().phase() == Phase.FAILED, card.progressProperty());
        failed.addListener((property, old, now) -> pseudoClassStateChanged(FAILED, now));
        StringBinding text = stateText();
        accessibleTextProperty().bind(Bindings.concat(name(), ", ", text, ". ", card.sentenceProperty()));
        accessibleHelpProperty().bind(words.text("job.keys"));
        Label state = Parts.quiet(null);
        state.setWrapText(true);
        state.textProperty().bind(text);
        shown(state, failed.not());
        getChildren().addAll(top(), facts(), state, bar(failed), failure(failed));
        followMouse();
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void followMouse() {
        setOnMousePressed(event -> requestFocus());
        setOnDragDetected(event -> {
            if (card.progress().phase() == Phase.WAITING) {
                startFullDrag();
            }
            event.consume();
        });
        addEventHandler(MouseDragEvent.MOUSE_DRAG_ENTERED, event -> pseudoClassStateChanged(AIMED, takes(event)));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, event -> pseudoClassStateChanged(AIMED, false));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> {
            pseudoClassStateChanged(AIMED, false);
            if (takes(event) && event.getGestureSource() instanceof JobCardView dragged) {
                model.move(dragged.card, card);
                dragged.requestFocus();
            }
        });
    }

    private boolean takes(MouseDragEvent event) {
        return event.getGestureSource() instanceof JobCardView dragged
                && dragged != this
                && card.progress().phase() == Phase.WAITING;
    }

    private Node top() {
        Label name = new Label();
        name.textProperty().bind(name());
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox top = new HBox(name);
        if (card.generation() != null) {
            top.getChildren().add(small("job.repeat", Feather.REPEAT, () -> model.repeat(card)));
        }
        top.getChildren().add(small("job.remove", Feather.X, this::remove));
        top.getStyleClass().add("job-top");
        return top;
    }

    private Button small(String key, Feather icon, Runnable action) {
        Button button = Parts.iconButton(words, key, icon, action);
        button.getStyleClass().addAll("small-icon", key.replace('.', '-'));
        return button;
    }

    private StringBinding name() {
        return Bindings.createStringBinding(() -> name(words, card.work()), words.languageProperty());
    }

    private static String name(Words words, Work work) {
        if (work instanceof GenerationRequest request) {
            String prompt = request.prompt().strip().replace('\n', ' ');
            return prompt.isEmpty() ? "–" : prompt;
        }
        return work instanceof UpscaleRequest request
                ? words.get("job.upscale", factor(request), request.upscaler())
                : "–";
    }

    private static String factor(UpscaleRequest request) {
        double factor = request.factor();
        return factor == Math.rint(factor) ? String.valueOf((int) factor) : String.valueOf(factor);
    }

    private Node facts() {
        Label facts = Parts.quiet(null);
        facts.textProperty().bind(Bindings.createStringBinding(this::factsText, words.languageProperty()));
        return facts;
    }

    private String factsText() {
        GenerationRequest request = card.generation();
        if (request == null) {
            return card.work() instanceof UpscaleRequest upscale
                    ? upscale.size().width() + "×" + upscale.size().height()
                    : "";
        }
        String size = request.size().width() + "×" + request.size().height();
        int steps = request.sampling().steps();
        return request.pictures() == 1
                ? words.get("job.facts", size, steps)
                : words.get("job.facts.several", size, steps, request.pictures());
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
                    GenerationRequest request = card.generation();
                    double seconds = request == null ? Double.NaN : model.expectedSeconds(request);
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
        shown(bar, failed.not().and(model.runningProperty().isEqualTo(card)));
        return bar;
    }

    private Node failure(BooleanBinding failed) {
        Label sentence = new Label();
        sentence.getStyleClass().add("problem");
        sentence.setWrapText(true);
        sentence.textProperty().bind(card.sentenceProperty());
        Button folder = word("job.folder", this::showModel);
        shown(folder, Bindings.createBooleanBinding(() -> card.blamedModel() != null, card.sentenceProperty()));
        FlowPane buttons = new FlowPane(
                word("job.again", () -> model.retry(card)),
                folder,
                word("job.details", this::copyDetails),
                word("job.delete", () -> model.dismiss(card)));
        buttons.getStyleClass().add("job-buttons");
        VBox failure = new VBox(sentence, buttons);
        shown(failure, failed);
        return failure;
    }

    private Button word(String key, Runnable action) {
        Button button = new Button();
        button.getStyleClass().addAll("flat", "small", key.replace('.', '-'));
        button.textProperty().bind(words.text(key));
        button.setOnAction(event -> action.run());
        return button;
    }

    private void showModel() {
        Path model = card.blamedModel();
        if (model != null) {
            reveal.accept(model);
        }
    }

    private void copyDetails() {
        ClipboardContent content = new ClipboardContent();
        content.putString(
                card.sentenceProperty().get() + "\n\n" + card.detailsProperty().get());
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void pressed(KeyEvent key) {
        switch (key.getCode()) {
            case UP -> go(key, -1);
            case DOWN -> go(key, 1);
            case DELETE, BACK_SPACE -> use(key, this::remove);
            case ENTER -> {
                if (isFocused() && card.progress().phase() == Phase.FAILED) {
                    use(key, () -> model.retry(card));
                }
            }
            default -> {
                // Other keys are the window's.
            }
        }
    }

    private void go(KeyEvent key, int places) {
        use(key, () -> {
            if (key.isAltDown()) {
                model.moveBy(card, places);
                requestFocus();
            } else {
                int next = getParent().getChildrenUnmodifiable().indexOf(this) + places;
                if (next >= 0 && next < getParent().getChildrenUnmodifiable().size()) {
                    getParent().getChildrenUnmodifiable().get(next).requestFocus();
                }
            }
        });
    }

    private static void use(KeyEvent key, Runnable action) {
        key.consume();
        action.run();
    }

    private static void shown(Node node, ObservableBooleanValue when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
