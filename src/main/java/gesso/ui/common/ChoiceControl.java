package gesso.ui.common;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** One of several, as a list to open. */
public final class ChoiceControl<T> extends VBox {
    /** @param text how a choice is shown; it is asked again when the language changes */
    public ChoiceControl(Words words, String key, ChoiceSetting<T> setting, Function<T, String> text) {
        getStyleClass().add("choice-control");
        ComboBox<T> box = new ComboBox<>();
        box.setItems(setting.choices());
        box.setMaxWidth(Double.MAX_VALUE);
        box.setMinWidth(0);
        box.setVisibleRowCount(14);
        speak(box, text);
        box.valueProperty().bindBidirectional(setting.valueProperty());
        ObservableValue<Language> language = words.languageProperty();
        language.addListener((property, old, now) -> speak(box, text));
        Parts.connect(words, key, setting, box);
        Label label = Parts.label(words, key, setting, box);
        getChildren().addAll(label, box, Parts.problem(words, setting));
    }

    /** A list that is shown already would go on in the language that it was shown in first: its cells are made anew. */
    private static <T> void speak(ComboBox<T> box, Function<T, String> text) {
        box.setConverter(converter(text));
        box.setCellFactory(list -> new Cell<>(text));
        box.setButtonCell(new Cell<>(text));
    }

    private static final class Cell<T> extends ListCell<T> {
        private final Function<T, String> text;

        Cell(Function<T, String> text) {
            this.text = text;
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            setText(item == null || empty ? null : text.apply(item));
        }
    }

    private static <T> StringConverter<T> converter(Function<T, String> text) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : text.apply(value);
            }

            @Override
            public T fromString(String written) {
                throw new UnsupportedOperationException("The list is not typed into.");
            }
        };
    }
}
