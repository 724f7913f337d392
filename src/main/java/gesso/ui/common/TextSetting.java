package gesso.ui.common;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A text; its default is none. */
public final class TextSetting extends Setting {
    private final StringProperty text = new SimpleStringProperty(this, "text", "");

    public TextSetting(String name) {
        super(name);
        text.addListener((property, old, now) -> valueChanged(!now.isEmpty()));
    }

    public StringProperty textProperty() {
        return text;
    }

    public String get() {
        return text.get();
    }

    public void set(String value) {
        text.set(value);
    }

    @Override
    public void reset() {
        text.set("");
    }

    @Override
    public String write() {
        return text.get();
    }

    @Override
    public void read(String written) {
        text.set(written);
    }
}
