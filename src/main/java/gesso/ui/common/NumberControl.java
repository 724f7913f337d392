package gesso.ui.common;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A number as a slider and a field: slide it, type it, or step it by the arrow keys. */
public final class NumberControl extends VBox {
    private final NumberSetting setting;
    private final Words words;
    private final HBox title;
    private boolean following;

    public NumberControl(Words words, String key, NumberSetting setting) {
        this.setting = setting;
        this.words = words;
        getStyleClass().add("number-control");
        NumberField field = new NumberField(words, key, setting);
        if (Double.isNaN(setting.defaultValue())) {
            field.promptTextProperty().bind(words.text("automatic"));
        }
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        title = new HBox(Parts.label(words, key, setting, field), between);
        title.getStyleClass().add("setting-row");
        Slider slider = slider(key);
        HBox.setHgrow(slider, Priority.ALWAYS);
        HBox row = new HBox(slider, field);
        row.getStyleClass().add("setting-row");
        getChildren().addAll(title, row, Parts.problem(words, setting));
    }

    /**
     * Says in words, above the slider, what the value means.
     *
     * @param besides what the meaning depends on besides the value
     */
    public NumberControl meaning(DoubleFunction<String> key, Observable... besides) {
        Label meaning = Parts.quiet(setting.name() + "-meaning");
        Observable[] all = Arrays.copyOf(besides, besides.length + 2);
        all[besides.length] = setting.valueProperty();
        all[besides.length + 1] = words.languageProperty();
        meaning.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Double.isNaN(setting.value()) ? "" : words.get(key.apply(setting.value())), all));
        title.getChildren().add(meaning);
        return this;
    }

    private Slider slider(String key) {
        Slider slider = new Slider(setting.low(), setting.high(), setting.low());
        slider.getStyleClass().add("small");
        slider.accessibleTextProperty().bind(words.text(key));
        slider.setBlockIncrement(setting.step());
        slider.setId(setting.name() + "-slider");
        slider.setMinWidth(0);
        slider.setPrefWidth(0);
        // The field has all of the slider's keys: one stop of the Tab key for a number is enough.
        slider.setFocusTraversable(false);
        setting.valueProperty().addListener((property, old, now) -> follow(slider));
        follow(slider);
        slider.valueProperty().addListener((property, old, now) -> {
            if (!following) {
                setting.set(setting.snapped(now.doubleValue()));
            }
        });
        return slider;
    }

    /** The slider goes where the number is, as far as it reaches; it does not answer by changing the number. */
    private void follow(Slider slider) {
        following = true;
        slider.setValue(setting.valueOr(setting.low()));
        following = false;
    }
}
