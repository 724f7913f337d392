package gesso.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/** Light or dark: AtlantaFX's Primer, and a few rules of Gesso's own on top. */
public enum Theme {
    DARK,
    LIGHT;

    private static final PseudoClass DARK_CLASS = PseudoClass.getPseudoClass("dark");
    private static final String OWN_RULES = "/gesso/ui/studio.css";

    public Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    public void applyTo(Scene scene) {
        Application.setUserAgentStylesheet(
                this == DARK ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        String own = String.valueOf(Theme.class.getResource(OWN_RULES));
        if (!scene.getStylesheets().contains(own)) {
            scene.getStylesheets().add(own);
        }
        scene.getRoot().pseudoClassStateChanged(DARK_CLASS, this == DARK);
    }
}
