package gesso.ui.generate;

import gesso.ui.common.Parts;
import gesso.ui.common.TextSetting;
import gesso.ui.common.Words;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A prompt, and how much of the model's attention it takes: tokens, of chunks of 75. */
final class PromptView extends VBox {
    PromptView(Words words, String key, String hint, TextSetting setting, TokenCount tokens, int rows) {
        getStyleClass().add("prompt-control");
        TextArea area = new TextArea();
        area.setWrapText(true);
        area.setPrefRowCount(rows);
        area.textProperty().bindBidirectional(setting.textProperty());
        area.promptTextProperty().bind(words.text(hint));
        area.addEventFilter(KeyEvent.KEY_PRESSED, pressed -> leaveByTab(area, pressed));
        Parts.connect(words, key, setting, area);
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        // Neither a dot nor a reset: there is no other prompt that it would go back to.
        Label label = new Label();
        label.textProperty().bind(words.text(key));
        label.setLabelFor(area);
        HBox row = new HBox(label, between, count(words, setting, tokens));
        row.getStyleClass().add("setting-row");
        getChildren().addAll(row, area, Parts.problem(words, setting));
    }

    private static Label count(Words words, TextSetting setting, TokenCount tokens) {
        Label count = Parts.quiet(setting.name() + "-tokens");
        count.setTooltip(Parts.hint(words, "prompt.tokens"));
        setting.textProperty().addListener((property, old, now) -> count(count, now, tokens));
        count(count, setting.get(), tokens);
        return count;
    }

    private static void count(Label label, String text, TokenCount tokens) {
        label.setVisible(!text.isBlank());
        if (!text.isBlank()) {
            tokens.of(text, count -> label.setText(count + "/" + TokenCount.room(count)));
        }
    }

    /** A prompt needs no tab stops, and the keyboard must get out of it. */
    private static void leaveByTab(TextArea area, KeyEvent key) {
        if (key.getCode() == KeyCode.TAB && !key.isControlDown()) {
            key.consume();
            area.fireEvent(new KeyEvent(
                    area,
                    area,
                    KeyEvent.KEY_PRESSED,
                    key.getCharacter(),
                    key.getText(),
                    KeyCode.TAB,
                    key.isShiftDown(),
                    true,
                    key.isAltDown(),
                    key.isMetaDown()));
        }
    }
}
