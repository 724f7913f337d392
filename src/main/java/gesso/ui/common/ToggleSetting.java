package gesso.ui.common;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Something that is on or off. */
public final class ToggleSetting extends Setting {
    private final BooleanProperty on = new SimpleBooleanProperty(this, "on");
    private final boolean defaultValue;

    public ToggleSetting(String name, boolean defaultValue) {
        super(name);
        this.defaultValue = defaultValue;
        on.set(defaultValue);
        on.addListener((property, old, now) -> valueChanged(now != defaultValue));
    }

    public BooleanProperty onProperty() {
        return on;
    }

    public boolean isOn() {
        return on.get();
    }

    public void set(boolean value) {
        on.set(value);
    }

    @Override
    public void reset() {
        on.set(defaultValue);
    }

    @Override
    public String write() {
        return Boolean.toString(on.get());
    }

    @Override
    public void read(String written) {
        on.set(Boolean.parseBoolean(written));
    }
}
