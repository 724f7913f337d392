package gesso.ui.interrogate;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.ScrollEvent;

/**
 * A word as a button: a click switches it, the wheel weighs it while it has the focus, as the keys + and − do; dragged, or with
 * Alt and the arrow keys, it changes its place.
 */
final class ChipView extends ToggleButton {
    private final InterrogateModel model;
    private final Chip chip;

    ChipView(Words words, InterrogateModel model, Chip chip) {
        this.model = model;
        this.chip = chip;
        getStyleClass().add("chip");
        setMnemonicParsing(false);
        setText(chip.word().text());
        setWrapText(true);
        Label facts = Parts.quiet(null);
        facts.textProperty().bind(Bindings.createStringBinding(this::facts, chip.weightProperty()));
        facts.setMinWidth(Label.USE_PREF_SIZE);
        setGraphic(facts);
        setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        selectedProperty().bindBidirectional(chip.onProperty());
        accessibleTextProperty().bind(words.text("chip.spoken", chip.word().text(), score(), chip.weightProperty()));
        setTooltip(Parts.hint(words, "chip.hint"));
        addEventFilter(ScrollEvent.SCROLL, this::wheel);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        setOnDragDetected(event -> {
            // The release that ends the drag is no click.
            disarm();
            startFullDrag();
            event.consume();
        });
        addEventHandler(MouseDragEvent.MOUSE_DRAG_ENTERED, event -> {
            if (event.getGestureSource() instanceof ChipView dragged) {
                model.move(dragged.chip, chip);
            }
        });
    }

    private String score() {
        return String.format(Locale.ROOT, "%.2f", chip.word().score());
    }

    private String facts() {
        double weight = chip.weightProperty().get();
        return weight == 1 ? score() : score() + String.format(Locale.ROOT, " ×%.2f", weight);
    }

    private void wheel(ScrollEvent event) {
        if (isFocused() && event.getDeltaY() != 0) {
            chip.weigh(event.getDeltaY() > 0 ? 1 : -1);
            event.consume();
        }
    }

    private void typed(KeyEvent key) {
        switch (key.getCharacter()) {
            case "+", "=" -> weigh(key, 1);
            case "-", "−" -> weigh(key, -1);
            default -> {
                // Space switches it, as every button.
            }
        }
    }

    private void weigh(KeyEvent key, int steps) {
        chip.weigh(steps);
        key.consume();
    }

    private void pressed(KeyEvent key) {
        if (key.isAltDown()) {
            switch (key.getCode()) {
                case LEFT -> move(key, -1);
                case RIGHT -> move(key, 1);
                default -> {
                    // Other keys are the window's.
                }
            }
        }
    }

    private void move(KeyEvent key, int places) {
        model.moveBy(chip, places);
        requestFocus();
        key.consume();
    }
}
