package gesso.ui.canvas;

import javafx.scene.input.KeyCode;
import org.kordamp.ikonli.feather.Feather;

/** What the pointer does on the canvas. */
public enum Tool {
    HAND("tool.hand", Feather.MOVE, KeyCode.H),
    BRUSH("tool.brush", Feather.EDIT_2, KeyCode.B),
    ERASER("tool.eraser", Feather.DELETE, KeyCode.E),
    LASSO("tool.lasso", Feather.PEN_TOOL, KeyCode.L),
    POLYGON("tool.polygon", Feather.TRIANGLE, KeyCode.P),
    RECTANGLE("tool.rectangle", Feather.SQUARE, KeyCode.M),
    ELLIPSE("tool.ellipse", Feather.CIRCLE, KeyCode.O),
    WAND("tool.wand", Feather.ZAP, KeyCode.W),
    FILL("tool.fill", Feather.DROPLET, KeyCode.G),
    GRADIENT("tool.gradient", Feather.SUNRISE, KeyCode.D),
    PICKER("tool.picker", Feather.CROSSHAIR, KeyCode.I),
    SHIFT("tool.move", Feather.NAVIGATION, KeyCode.V),
    FRAME("tool.frame", Feather.CROP, KeyCode.F);

    private final String words;
    private final Feather icon;
    private final KeyCode key;

    Tool(String words, Feather icon, KeyCode key) {
        this.words = words;
        this.icon = icon;
        this.key = key;
    }

    /** The words of its name, with its key. */
    String words() {
        return words;
    }

    Feather icon() {
        return icon;
    }

    KeyCode key() {
        return key;
    }

    boolean isBrush() {
        return this == BRUSH || this == ERASER;
    }

    boolean isAlike() {
        return this == WAND || this == FILL;
    }
}
