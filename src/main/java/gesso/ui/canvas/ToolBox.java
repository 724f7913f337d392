package gesso.ui.canvas;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ColorPicker;
import javafx.scene.layout.VBox;

/** The tools in a column, each with its key in the tooltip. */
final class ToolBox extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    ToolBox(Words words, ToolSettings tools) {
        getStyleClass().add("tool-box");
        for (Tool tool : Tool.values()) {
            Button button = Parts.iconButton(
                    words, tool.words(), tool.icon(), () -> tools.toolProperty().set(tool));
            button.setId("tool-" + tool.name().toLowerCase(java.util.Locale.ROOT));
            button.getStyleClass().add("tool");
            button.setFocusTraversable(false);
            tools.toolProperty().subscribe(now -> button.pseudoClassStateChanged(CHOSEN, now == tool));
            getChildren().add(button);
        }
        ColorPicker colour = new ColorPicker();
        colour.valueProperty().bindBidirectional(tools.colourProperty());
        colour.getStyleClass().addAll("button", "tool-colour");
        colour.setId("tool-colour");
        colour.setFocusTraversable(false);
        colour.accessibleTextProperty().bind(words.text("tool.colour"));
        colour.setTooltip(Parts.hint(words, "tool.colour"));
        getChildren().add(colour);
    }
}
