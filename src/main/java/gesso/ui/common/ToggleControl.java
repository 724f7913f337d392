package gesso.ui.common;

import javafx.scene.control.CheckBox;

/** Something on or off, with its name beside it. */
public final class ToggleControl extends CheckBox {
    public ToggleControl(Words words, String key, ToggleSetting setting) {
        textProperty().bind(words.text(key));
        selectedProperty().bindBidirectional(setting.onProperty());
        Parts.connect(words, key, setting, this);
    }
}
