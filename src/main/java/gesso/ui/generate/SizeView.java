package gesso.ui.generate;

import gesso.ui.common.NumberControl;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import gesso.ui.generate.SizeModel.Shape;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Shapes to pick, and the width and height that they set. */
final class SizeView extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Words words;
    private final SizeModel size;

    SizeView(Words words, SizeModel size) {
        this.words = words;
        this.size = size;
        getStyleClass().add("size-control");
        Label label = new Label();
        label.getStyleClass().add("setting-label");
        label.textProperty().bind(words.text("shape"));
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Button swap = Parts.iconButton(words, "size.swap", Feather.REPEAT, size::swap);
        swap.setId("swap");
        HBox row = new HBox(
                label,
                between,
                shape("shape.square", Shape.SQUARE, 12, 12),
                shape("shape.portrait", Shape.PORTRAIT, 10, 15),
                shape("shape.landscape", Shape.LANDSCAPE, 15, 10),
                swap);
        row.getStyleClass().addAll("setting-row", "shapes");
        getChildren()
                .addAll(
                        row,
                        RecipeView.pair(
                                new NumberControl(words, "width", size.width()),
                                new NumberControl(words, "height", size.height())));
    }

    private Button shape(String key, Shape shape, double width, double height) {
        Region outline = new Region();
        outline.getStyleClass().add("shape");
        outline.setMinSize(width, height);
        outline.setMaxSize(width, height);
        Button button = Parts.iconButton(words, key, Feather.SQUARE, () -> size.use(shape));
        button.setGraphic(outline);
        button.setId(key);
        button.pseudoClassStateChanged(CHOSEN, size.is(shape));
        Runnable follow = () -> button.pseudoClassStateChanged(CHOSEN, size.is(shape));
        size.width().onChange(follow);
        size.height().onChange(follow);
        return button;
    }
}
