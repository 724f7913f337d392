package gesso.ui.canvas;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** What is done with a selection, one button each. */
final class RepaintBar extends HBox {
    private final Words words;
    private final Desk desk;

    RepaintBar(Words words, Desk desk, Repaints repaints) {
        this.words = words;
        this.desk = desk;
        getStyleClass().add("option-group");
        getChildren()
                .addAll(
                        action("repaint.fill", "repaint.fill.hint", repaints::fill, true),
                        action("repaint.add", "repaint.add.hint", repaints::add, true),
                        action("repaint.remove", "repaint.remove.hint", repaints::remove, true),
                        action("repaint.expand", "repaint.expand.hint", repaints::expand, false));
    }

    private Button action(String key, String hint, Runnable run, boolean needsMask) {
        Button button = new Button();
        button.setId(key.replace('.', '-'));
        button.getStyleClass().addAll("flat", "repaint");
        button.textProperty().bind(words.text(key));
        button.setTooltip(Parts.hint(words, hint));
        button.setOnAction(event -> run.run());
        button.setFocusTraversable(false);
        button.setMinWidth(Region.USE_PREF_SIZE);
        if (needsMask) {
            button.disableProperty().bind(desk.hasMaskProperty().not());
        }
        return button;
    }
}
