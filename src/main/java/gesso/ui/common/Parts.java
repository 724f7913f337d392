package gesso.ui.common;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The small parts that controls are put together from. */
public final class Parts {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private Parts() {}

    /** A setting's name, with a dot while its value is not the default; a double click resets it. */
    public static Label label(Words words, String key, Setting setting, Node control) {
        Label label = new Label();
        label.textProperty().bind(words.text(key));
        label.getStyleClass().add("setting-label");
        label.setLabelFor(control);
        Region dot = new Region();
        dot.getStyleClass().add("changed-dot");
        dot.visibleProperty().bind(setting.changedProperty());
        label.setGraphic(dot);
        label.setContentDisplay(ContentDisplay.RIGHT);
        label.setGraphicTextGap(6);
        label.setMinWidth(0);
        Tooltip hint = hint(words, "hint.reset");
        setting.changedProperty().subscribe(changed -> label.setTooltip(changed ? hint : null));
        label.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                setting.reset();
            }
        });
        return label;
    }

    /** The sentence beneath a control whose value is wrong; takes no room while there is none. */
    public static Label problem(Words words, Setting setting) {
        Label label = new Label();
        label.getStyleClass().add("problem");
        label.setWrapText(true);
        setting.problemProperty().subscribe(now -> {
            label.textProperty().unbind();
            if (now != null) {
                label.textProperty().bind(now.text(words));
            }
        });
        label.visibleProperty().bind(Bindings.isNotNull(setting.problemProperty()));
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    /** Colours a control while its setting is wrong, and tells a screen reader what it is and what is wrong with it. */
    public static void connect(Words words, String key, Setting setting, Node control) {
        setting.problemProperty().subscribe(now -> {
            control.pseudoClassStateChanged(WRONG, now != null);
            control.accessibleHelpProperty().unbind();
            if (now == null) {
                control.setAccessibleHelp(null);
            } else {
                control.accessibleHelpProperty().bind(now.text(words));
            }
        });
        control.accessibleTextProperty().bind(words.text(key));
        control.setId(setting.name());
    }

    /** A button that shows an icon alone; its words are its tooltip, and what a screen reader says. */
    public static Button iconButton(Words words, String key, Feather icon, Runnable action) {
        Button button = new Button();
        button.getStyleClass().addAll("button-icon", "flat", "quiet");
        button.setGraphic(new FontIcon(icon));
        button.accessibleTextProperty().bind(words.text(key));
        button.setTooltip(hint(words, key));
        button.setOnAction(event -> action.run());
        return button;
    }

    public static Tooltip hint(Words words, String key) {
        Tooltip hint = new Tooltip();
        hint.textProperty().bind(words.text(key));
        hint.setShowDelay(Duration.millis(500));
        hint.setWrapText(true);
        hint.setMaxWidth(320);
        return hint;
    }

    /** Text in the quieter colour. */
    public static Label quiet(@Nullable String id) {
        Label label = new Label();
        label.getStyleClass().add("quiet-text");
        label.setId(id);
        return label;
    }
}
