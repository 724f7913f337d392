package gesso.ui.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * One value that the user sets: with a default, a text form to be remembered by, and what is wrong with it.
 * Its name is the field's name in {@link gesso.request.InvalidRequest}.
 */
public abstract class Setting {
    private final String name;
    private final ObjectProperty<@Nullable Problem> problem = new SimpleObjectProperty<>(this, "problem");
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper(this, "changed");

    private final List<Runnable> listeners = new ArrayList<>();
    private final List<Runnable> covers = new ArrayList<>();

    Setting(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Null where nothing is known to be wrong. Goes away when the value changes. */
    public ObjectProperty<@Nullable Problem> problemProperty() {
        return problem;
    }

    /** Whether the value differs from the default. */
    public ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /** What is wrong with the value by itself, whatever the others are. */
    public Optional<Problem> check() {
        return Optional.empty();
    }

    public abstract void reset();

    /** The value as text, for {@link #read}. */
    public abstract String write();

    /** Takes a value from text; one that makes no sense leaves the setting as it is. */
    public abstract void read(String text);

    /** Subclasses say so whenever the value or the default changes. */
    final void valueChanged(boolean differsFromDefault) {
        changed.set(differsFromDefault);
        problem.set(null);
        listeners.forEach(Runnable::run);
    }

    /** Calls it whenever the value may have changed. */
    public final void onChange(Runnable action) {
        listeners.add(action);
    }

    /** Calls it when the setting's control is to be brought into sight: what hides it opens. */
    public final void onReveal(Runnable open) {
        covers.add(open);
    }

    /** Opens what hides the setting's control. */
    public final void reveal() {
        covers.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return name + " = " + write();
    }
}
