package gesso.ui.generate;

import gesso.request.Labelled;
import gesso.ui.common.ChoiceControl;
import gesso.ui.common.Parts;
import gesso.ui.common.Setting;
import gesso.ui.common.TextSetting;
import gesso.ui.common.Words;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The axes of a plot as controls: a parameter and its values each, and how many pictures that makes. */
final class PlotView extends VBox {
    PlotView(Words words, PlotModel model) {
        getStyleClass().add("fold-part");
        for (PlotModel.Axis axis : model.axes()) {
            ChoiceControl<?> parameter = new ChoiceControl<>(
                    words,
                    axis.parameter().name(),
                    axis.parameter(),
                    choice -> choice.map(Labelled::label).orElseGet(() -> words.get("plot.none")));
            VBox values = values(words, axis.values());
            // An axis without a parameter has no values to ask for.
            axis.parameter().onChange(() -> shown(values, axis));
            shown(values, axis);
            VBox both = new VBox(parameter, values);
            both.getStyleClass().add("plot-axis");
            getChildren().add(both);
        }
        Label cells = Parts.quiet("plot-cells");
        Runnable count = () -> {
            int n = model.cells();
            cells.setText(n == 0 ? "" : words.get("plot.cells", n));
        };
        for (Setting setting : model.settings()) {
            setting.onChange(count);
        }
        words.languageProperty().addListener((property, old, now) -> count.run());
        count.run();
        getChildren().add(cells);
    }

    private static void shown(VBox values, PlotModel.Axis axis) {
        boolean asked = axis.parameter().chosen().isPresent();
        values.setVisible(asked);
        values.setManaged(asked);
    }

    private static VBox values(Words words, TextSetting setting) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(setting.textProperty());
        field.promptTextProperty().bind(words.text("plot.values-hint"));
        Parts.connect(words, "plot.values", setting, field);
        VBox box = new VBox(field, Parts.problem(words, setting));
        box.getStyleClass().add("choice-control");
        return box;
    }
}
