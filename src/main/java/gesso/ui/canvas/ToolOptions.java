package gesso.ui.canvas;

import gesso.canvas.Change;
import gesso.canvas.Layer;
import gesso.canvas.MaskEdits;
import gesso.image.Region;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.function.BiFunction;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Above the canvas: how the tool in hand is set, what can be done to the mask, and with what it selects. */
final class ToolOptions extends FlowPane {
    private static final int GROWN_BY = 8;
    private static final int FEATHERED_BY = 8;

    private final Words words;
    private final Desk desk;

    ToolOptions(Words words, Desk desk) {
        this.words = words;
        this.desk = desk;
        getStyleClass().add("tool-options");
        setMinWidth(0); // what does not fit stands beneath
        ToolSettings tools = desk.tools();
        BooleanBinding brush = Bindings.createBooleanBinding(() -> tools.tool().isBrush(), tools.toolProperty());
        BooleanBinding alike = Bindings.createBooleanBinding(() -> tools.tool().isAlike(), tools.toolProperty());
        CheckBox joined = new CheckBox();
        joined.textProperty().bind(words.text("wand-joined"));
        joined.selectedProperty().bindBidirectional(tools.joined().onProperty());
        getChildren()
                .addAll(
                        shown(number("brush-size", tools.size(), true), brush),
                        shown(number("brush-hardness", tools.hardness(), false), brush),
                        shown(number("brush-smoothing", tools.smoothing(), false), brush),
                        shown(number("wand-tolerance", tools.tolerance(), false), alike),
                        shown(joined, alike),
                        number("brush-opacity", tools.opacity(), false),
                        mask());
    }

    private static Node shown(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
        return node;
    }

    private Node number(String key, NumberSetting setting, boolean curved) {
        Label name = Parts.quiet(null);
        name.textProperty().bind(words.text(key));
        name.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        Slider slider = new Slider(0, 1, 0);
        slider.getStyleClass().addAll("small", "option-slider");
        slider.accessibleTextProperty().bind(words.text(key));
        slider.setId(key);
        slider.setFocusTraversable(false);
        Label value = Parts.quiet(key + "-value");
        value.getStyleClass().add("option-value");
        double power = curved ? 3 : 1; // small sizes need the finer steps
        setting.valueProperty().subscribe(now -> {
            double share = (now.doubleValue() - setting.low()) / (setting.high() - setting.low());
            slider.setValue(Math.pow(Math.max(0, share), 1 / power));
            value.setText(setting.step() < 1 ? "%.0f %%".formatted(100 * now.doubleValue()) : setting.write());
        });
        slider.valueProperty().addListener((property, old, now) -> {
            if (slider.isValueChanging() || slider.isPressed()) {
                double share = Math.pow(now.doubleValue(), power);
                setting.set(setting.snapped(setting.low() + share * (setting.high() - setting.low())));
            }
        });
        HBox row = new HBox(name, slider, value);
        row.getStyleClass().add("option");
        return row;
    }

    private Node mask() {
        HBox row = new HBox(
                edit("mask.grow", Feather.MAXIMIZE_2, (layer, all) -> MaskEdits.grown(layer, all, GROWN_BY)),
                edit("mask.shrink", Feather.MINIMIZE_2, (layer, all) -> MaskEdits.grown(layer, all, -GROWN_BY)),
                edit("mask.feather", Feather.CLOUD, (layer, all) -> MaskEdits.feathered(layer, all, FEATHERED_BY)),
                edit("mask.invert", Feather.REPEAT, MaskEdits::inverted),
                edit("mask.clear", Feather.X, (layer, all) -> MaskEdits.cleared(layer)));
        row.getStyleClass().add("option-group");
        return row;
    }

    private Button edit(String key, Feather icon, BiFunction<Layer, Region, @Nullable Change> edit) {
        Button button = Parts.iconButton(words, key, icon, () -> {
            Region bounds = desk.document().bounds();
            if (bounds != null) {
                desk.maskLayer().ifPresent(layer -> desk.perform(edit.apply(layer, bounds)));
            }
        });
        button.setId(key.replace('.', '-'));
        button.setFocusTraversable(false);
        return button;
    }
}
