package gesso.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;
import javafx.scene.Scene;

/** Dark, light, or of high contrast: AtlantaFX's Primer, with rules and greys of Gesso's own on top. */
public enum Theme {
    DARK,
    LIGHT,
    CONTRAST;

    private static final String RULES = sheet("studio.css");
    private static final String DARK_COLOURS = sheet("dark.css");
    private static final String LIGHT_COLOURS = sheet("light.css");
    private static final String CONTRAST_COLOURS = sheet("contrast.css");

    /** The one that follows when they are walked through. */
    public Theme next() {
        return switch (this) {
            case DARK -> LIGHT;
            case LIGHT -> CONTRAST;
            case CONTRAST -> DARK;
        };
    }

    public void applyTo(Scene scene) {
        Application.setUserAgentStylesheet(
                this == LIGHT ? new PrimerLight().getUserAgentStylesheet() : new PrimerDark().getUserAgentStylesheet());
        scene.getStylesheets().setAll(RULES, colours());
    }

    private String colours() {
        return switch (this) {
            case DARK -> DARK_COLOURS;
            case LIGHT -> LIGHT_COLOURS;
            case CONTRAST -> CONTRAST_COLOURS;
        };
    }

    private static String sheet(String name) {
        return String.valueOf(Theme.class.getResource("/gesso/ui/" + name));
    }
}
