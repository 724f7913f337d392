package gesso.ui.drop;

import org.kordamp.ikonli.feather.Feather;

/** What can be done with something that is brought into the window. */
public enum DropTarget {
    REWORK("drop.rework", "drop.rework.hint", Feather.IMAGE),
    PAINT("drop.paint", "drop.paint.hint", Feather.EDIT_2),
    MASK("drop.mask", "drop.mask.hint", Feather.SCISSORS),
    CONTROL("drop.control", "drop.control.hint", Feather.ACTIVITY),
    SETTINGS("drop.settings", "drop.settings.hint", Feather.SLIDERS),
    OPEN("drop.open", "drop.open.hint", Feather.LAYERS),
    PRESET("drop.preset", "drop.preset.hint", Feather.BOOKMARK),
    INSTALL("drop.install", "drop.install.hint", Feather.BOX);

    private final String key;
    private final String hint;
    private final Feather icon;

    DropTarget(String key, String hint, Feather icon) {
        this.key = key;
        this.hint = hint;
        this.icon = icon;
    }

    /** The words of its name. */
    String key() {
        return key;
    }

    /** The words of what it does. */
    String hint() {
        return hint;
    }

    Feather icon() {
        return icon;
    }
}
