package gesso.ui.canvas;

import gesso.ui.common.Problem;
import gesso.ui.common.Words;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Over everything while a file is dragged onto the window: what it can be dropped on; or why it could not be used. */
public final class DropTargets extends StackPane {
    private final Words words;
    private final Label title = new Label();
    private final Label sentence = new Label();
    private final Button close = new Button();

    public DropTargets(Words words) {
        this.words = words;
        getStyleClass().add("drop-targets");
        title.getStyleClass().add("empty-title");
        title.textProperty().bind(words.text("drop.settings"));
        sentence.setWrapText(true);
        sentence.setId("drop-sentence");
        close.textProperty().bind(words.text("close"));
        close.setId("drop-close");
        close.setOnAction(event -> setVisible(false));
        VBox target = new VBox(new FontIcon(Feather.SLIDERS), title, sentence, close);
        target.getStyleClass().add("drop-target");
        getChildren().add(target);
        setVisible(false);
        setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                setVisible(false);
                key.consume();
            }
        });
    }

    /** Shows the targets while a file is dragged over the node, and hands on the one that is dropped. */
    public void listenTo(Node window, Consumer<Path> dropped) {
        window.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (isFileFromOutside(event)) {
                event.acceptTransferModes(TransferMode.COPY);
                offer();
                event.consume();
            }
        });
        window.addEventHandler(DragEvent.DRAG_EXITED, event -> {
            if (!close.isVisible()) {
                setVisible(false);
            }
        });
        window.addEventHandler(DragEvent.DRAG_DROPPED, event -> {
            if (isFileFromOutside(event)) {
                List<File> files = event.getDragboard().getFiles();
                setVisible(false);
                event.setDropCompleted(true);
                event.consume();
                dropped.accept(files.get(0).toPath());
            }
        });
    }

    private static boolean isFileFromOutside(DragEvent event) {
        return event.getGestureSource() == null
                && event.getDragboard().hasFiles()
                && !event.getDragboard().getFiles().isEmpty();
    }

    private void offer() {
        sentence.textProperty().bind(words.text("drop.settings.hint"));
        title.setVisible(true);
        title.setManaged(true);
        close.setVisible(false);
        close.setManaged(false);
        setVisible(true);
    }

    /** Says why a file cannot be used, until it is closed. */
    public void refuse(Problem problem) {
        sentence.textProperty().bind(problem.text(words));
        title.setVisible(false);
        title.setManaged(false);
        close.setVisible(true);
        close.setManaged(true);
        setVisible(true);
        close.requestFocus();
    }
}
