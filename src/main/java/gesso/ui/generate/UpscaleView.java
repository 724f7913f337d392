package gesso.ui.generate;

import gesso.ui.common.ChoiceControl;
import gesso.ui.common.NumberControl;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Beneath the canvas: how much larger the picture is to be, and by what; there only while that is asked. */
public final class UpscaleView extends VBox {
    /** @param start does it */
    public UpscaleView(Words words, UpscaleModel model, Runnable start) {
        getStyleClass().add("interrogate");
        setId("upscale-panel");
        Label title = new Label();
        title.textProperty().bind(words.text("upscale.title"));
        title.getStyleClass().add("interrogate-title");
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Runnable close = () -> model.openProperty().set(false);
        HBox top = new HBox(title, between, Parts.iconButton(words, "close", Feather.X, close));
        top.getStyleClass().add("control-top");
        NumberControl factor = new NumberControl(words, "upscale-by", model.factor());
        ChoiceControl<String> upscaler = new ChoiceControl<>(words, "upscaler", model.upscaler(), Function.identity());
        Button go = new Button();
        go.setId("upscale-start");
        go.textProperty().bind(words.text("upscale"));
        go.setMinWidth(USE_PREF_SIZE);
        go.setOnAction(event -> start.run());
        HBox row = new HBox(factor, upscaler, go);
        row.getStyleClass().add("upscale-row");
        HBox.setHgrow(factor, Priority.ALWAYS);
        HBox.setHgrow(upscaler, Priority.ALWAYS);
        getChildren().addAll(top, row);
        visibleProperty().bind(model.openProperty());
        managedProperty().bind(model.openProperty());
        model.openProperty().subscribe(open -> {
            if (open) {
                go.requestFocus();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                close.run();
                key.consume();
            }
        });
    }
}
