package gesso.ui.generate;

import gesso.ui.common.NumberField;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The seed: left empty it is drawn for each start; the dice empties it, the arrow takes the newest picture's. */
final class SeedView extends VBox {
    SeedView(Words words, NumberSetting seed, Runnable random, Runnable reuse) {
        getStyleClass().add("seed-control");
        NumberField field = new NumberField(words, "seed", seed);
        field.promptTextProperty().bind(words.text("seed.random"));
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setMaxWidth(Double.MAX_VALUE);
        Button dice = Parts.iconButton(words, "seed.dice", Feather.SHUFFLE, random);
        dice.setId("seed-dice");
        Button again = Parts.iconButton(words, "seed.reuse", Feather.ROTATE_CCW, reuse);
        again.setId("seed-reuse");
        HBox row = new HBox(field, dice, again);
        row.getStyleClass().add("seed-row");
        getChildren().addAll(Parts.label(words, "seed", seed, field), row, Parts.problem(words, seed));
    }
}
