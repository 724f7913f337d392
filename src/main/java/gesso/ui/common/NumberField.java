package gesso.ui.common;

import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;

/** Where a number is typed: the up and down keys step it, with Shift ten times as far. The wheel does nothing. */
public final class NumberField extends TextField {
    private static final int SHIFT = 10;

    private final NumberSetting setting;

    public NumberField(Words words, String key, NumberSetting setting) {
        this.setting = setting;
        textProperty().bindBidirectional(setting.textProperty());
        setAlignment(Pos.CENTER_RIGHT);
        getStyleClass().add("number-field");
        Parts.connect(words, key, setting, this);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        focusedProperty().addListener((property, old, now) -> {
            if (!now) {
                leave();
            }
        });
        setOnAction(event -> leave());
    }

    private void pressed(KeyEvent key) {
        int steps = key.isShiftDown() ? SHIFT : 1;
        switch (key.getCode()) {
            case UP, KP_UP -> step(key, steps);
            case DOWN, KP_DOWN -> step(key, -steps);
            default -> {
                // Typing, and everything else, is the text field's.
            }
        }
    }

    private void step(KeyEvent key, int steps) {
        if (!key.isShortcutDown() && !key.isAltDown()) {
            setting.stepBy(steps);
            end();
            key.consume();
        }
    }

    /** The typing is over: the number is written as numbers are, or what is wrong with it is said. */
    private void leave() {
        setting.tidy();
        setting.check().ifPresent(setting.problemProperty()::set);
    }
}
