package gesso.ui.drop;

import gesso.ui.common.Problem;
import gesso.ui.common.Words;
import java.util.Arrays;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Over everything while something is dragged over the window: what it can be dropped on; or why it cannot be used. What is
 * dropped beside the targets, or pasted, waits until one is picked.
 */
public final class DropTargets extends StackPane {
    private static final PseudoClass AIMED = PseudoClass.getPseudoClass("aimed");

    /** Four are seen as a square, any other number in rows of three. */
    private static final int FOUR = 4;

    private static final double TWO_WIDE = 464;
    private static final double THREE_WIDE = 720;

    private final Words words;
    private final DropReceiver receiver;
    private final FlowPane targets = new FlowPane();
    private final Label sentence = new Label();
    private final Button close = new Button();
    private Incoming offered = new Incoming(List.of(), null, null);
    private boolean dragging;

    /** @param receiver is given what was dropped, and says which targets there are for it */
    public DropTargets(Words words, DropReceiver receiver) {
        this.words = words;
        this.receiver = receiver;
        getStyleClass().add("drop-targets");
        targets.getStyleClass().add("drop-choices");
        sentence.setWrapText(true);
        sentence.setId("drop-sentence");
        close.textProperty().bind(words.text("close"));
        close.setId("drop-close");
        close.setOnAction(event -> setVisible(false));
        VBox middle = new VBox(targets, sentence, close);
        middle.getStyleClass().add("drop-middle");
        getChildren().add(middle);
        setVisible(false);
        setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                setVisible(false);
                key.consume();
            }
        });
    }

    /** Follows what is dragged over the node. */
    public void listenTo(Node window) {
        window.addEventHandler(DragEvent.DRAG_OVER, this::over);
        window.addEventHandler(DragEvent.DRAG_EXITED, event -> {
            if (dragging) {
                dragging = false;
                setVisible(false);
            }
        });
        window.addEventHandler(DragEvent.DRAG_DROPPED, this::dropped);
    }

    private void over(DragEvent event) {
        if (event.getGestureSource() != null) {
            return;
        }
        if (!dragging) {
            Incoming what = Incoming.of(event.getDragboard());
            if (what.kind() == Incoming.Kind.NOTHING) {
                return;
            }
            dragging = true;
            offer(what);
        }
        Button under = at(event.getSceneX(), event.getSceneY());
        targets.getChildren().forEach(target -> target.pseudoClassStateChanged(AIMED, target == under));
        if (!targets.getChildren().isEmpty()) {
            event.acceptTransferModes(TransferMode.COPY);
        }
        event.consume();
    }

    private void dropped(DragEvent event) {
        if (event.getGestureSource() != null) {
            return;
        }
        // What was dragged may be gone once the drop is over; the targets may have been passed by in a single move.
        Incoming what = Incoming.of(event.getDragboard());
        dragging = false;
        event.setDropCompleted(what.kind() != Incoming.Kind.NOTHING);
        event.consume();
        Button under = at(event.getSceneX(), event.getSceneY());
        setVisible(false);
        if (under != null && what.kind() == offered.kind()) {
            receiver.accept((DropTarget) under.getUserData(), what);
        } else {
            choose(what);
        }
    }

    /** Asks what to do with something that is here already; says why not, where nothing can be done. */
    public void choose(Incoming what) {
        if (what.kind() == Incoming.Kind.NOTHING) {
            return;
        }
        offer(what);
        shown(close, true);
        setVisible(true);
        Node first =
                targets.getChildren().isEmpty() ? close : targets.getChildren().get(0);
        first.requestFocus();
    }

    private @Nullable Button at(double sceneX, double sceneY) {
        for (Node target : targets.getChildren()) {
            Point2D point = target.sceneToLocal(sceneX, sceneY);
            if (isVisible() && target.contains(point)) {
                return (Button) target;
            }
        }
        return null;
    }

    private void offer(Incoming what) {
        offered = what;
        targets.getChildren()
                .setAll(Arrays.stream(DropTarget.values())
                        .filter(target -> receiver.offers(target, what))
                        .map(target -> button(target, what))
                        .toList());
        targets.setMaxWidth(targets.getChildren().size() == FOUR ? TWO_WIDE : THREE_WIDE);
        boolean any = !targets.getChildren().isEmpty();
        shown(targets, any);
        shown(sentence, !any);
        shown(close, false);
        sentence.textProperty().unbind();
        if (!any) {
            sentence.textProperty().bind(words.text("drop.no-use", what.name()));
        }
        setVisible(true);
    }

    private Button button(DropTarget target, Incoming what) {
        Button button = new Button();
        button.setUserData(target);
        button.setId(target.key().replace('.', '-'));
        button.getStyleClass().add("drop-target");
        button.textProperty().bind(words.text(target.key()));
        Label hint = new Label();
        hint.setWrapText(true);
        hint.getStyleClass().add("quiet-text");
        hint.textProperty().bind(words.text(target.hint()));
        Label name = new Label();
        name.textProperty().bind(words.text(target.key()));
        name.getStyleClass().add("drop-name");
        VBox box = new VBox(new FontIcon(target.icon()), name, hint);
        box.getStyleClass().add("drop-face");
        button.setGraphic(box);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.accessibleHelpProperty().bind(hint.textProperty());
        button.setOnAction(event -> {
            setVisible(false);
            receiver.accept(target, what);
        });
        return button;
    }

    /** Says why something cannot be used, until it is closed. */
    public void refuse(Problem problem) {
        dragging = false;
        targets.getChildren().clear();
        shown(targets, false);
        sentence.textProperty().bind(problem.text(words));
        shown(sentence, true);
        shown(close, true);
        setVisible(true);
        close.requestFocus();
    }

    private static void shown(Node node, boolean is) {
        node.setVisible(is);
        node.setManaged(is);
    }
}
