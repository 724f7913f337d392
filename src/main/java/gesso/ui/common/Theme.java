package gesso.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;
import javafx.scene.Scene;

/** Light or dark: AtlantaFX's Primer, with rules and greys of Gesso's own on top. */
public enum Theme {
    DARK,
    LIGHT;

    private static final String RULES = sheet("studio.css");
    private static final String DARK_COLOURS = sheet("dark.css");
    private static final String LIGHT_COLOURS = sheet("light.css");

    public Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    public void applyTo(Scene scene) {
        Application.setUserAgentStylesheet(
                this == DARK ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        scene.getStylesheets().setAll(RULES, this == DARK ? DARK_COLOURS : LIGHT_COLOURS);
    }

    private static String sheet(String name) {
        return String.valueOf(Theme.class.getResource("/gesso/ui/" + name));
    }
}
