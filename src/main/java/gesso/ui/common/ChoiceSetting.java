package gesso.ui.common;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** One of several. The list may come later than the choice that is remembered, which is then made as soon as it can be. */
public final class ChoiceSetting<T> extends Setting {
    private final ObservableList<T> choices = FXCollections.observableArrayList();
    private final ObservableList<T> choicesForReading = FXCollections.unmodifiableObservableList(choices);
    private final ObjectProperty<@Nullable T> value = new SimpleObjectProperty<>(this, "value");
    private final Function<T, String> text;
    private @Nullable T defaultValue;
    private @Nullable String wanted;

    /** @param text what a choice is remembered by */
    public ChoiceSetting(String name, List<T> choices, @Nullable T defaultValue, Function<T, String> text) {
        super(name);
        this.text = text;
        value.addListener((property, old, now) -> changed());
        setChoices(choices, defaultValue);
    }

    /** A choice among all values of an enum. */
    public static <E extends Enum<E>> ChoiceSetting<E> of(String name, E defaultValue) {
        List<E> all = List.of(defaultValue.getDeclaringClass().getEnumConstants());
        return new ChoiceSetting<>(name, all, defaultValue, Enum::name);
    }

    public ObservableList<T> choices() {
        return choicesForReading;
    }

    /** Other choices; the one that was made, or is remembered, stays if it is among them. */
    public void setChoices(List<T> list, @Nullable T newDefault) {
        String before = write();
        choices.setAll(list);
        defaultValue = newDefault;
        value.set(newDefault);
        if (!before.isEmpty()) {
            read(before);
        }
        changed();
    }

    public ObjectProperty<@Nullable T> valueProperty() {
        return value;
    }

    public @Nullable T get() {
        return value.get();
    }

    /** The choice of a setting that always has one. */
    public T chosen() {
        return Objects.requireNonNull(value.get(), name());
    }

    public void set(@Nullable T choice) {
        wanted = null;
        value.set(choice);
    }

    @Override
    public void reset() {
        set(defaultValue);
    }

    @Override
    public String write() {
        T now = value.get();
        return wanted != null ? wanted : now == null ? "" : text.apply(now);
    }

    @Override
    public void read(String written) {
        for (T choice : choices) {
            if (text.apply(choice).equals(written)) {
                set(choice);
                return;
            }
        }
        wanted = written;
    }

    /** What a choice is remembered by. */
    public String textOf(T choice) {
        return text.apply(choice);
    }

    private void changed() {
        valueChanged(wanted != null || !Objects.equals(value.get(), defaultValue));
    }
}
