package gesso.ui.common;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
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
        box.setConverter(converter(text));
        box.valueProperty().bindBidirectional(setting.valueProperty());
        ObservableValue<Language> language = words.languageProperty();
        language.addListener((property, old, now) -> box.setConverter(converter(text)));
        Parts.connect(words, key, setting, box);
        Label label = Parts.label(words, key, setting, box);
        getChildren().addAll(label, box, Parts.problem(words, setting));
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
