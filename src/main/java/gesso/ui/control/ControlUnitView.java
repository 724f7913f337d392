package gesso.ui.control;

import gesso.request.Labelled;
import gesso.ui.common.Background;
import gesso.ui.common.ChoiceControl;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.common.NumberControl;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureCard;
import gesso.ui.common.ToggleControl;
import gesso.ui.common.Words;
import gesso.ui.generate.Terms;
import java.util.Arrays;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** One unit's card: its picture and what the network will see of it, its model, and how much it counts and when. */
final class ControlUnitView extends VBox {
    private final Words words;
    private final ControlModel model;
    private final ControlUnitModel unit;

    ControlUnitView(
            Words words, ControlModel model, ControlUnitModel unit, Background background, ControlSources sources) {
        this.words = words;
        this.model = model;
        this.unit = unit;
        getStyleClass().add("control-unit");
        ChoiceControl<Network> network = new ChoiceControl<>(words, "control-model", unit.network(), this::name);
        VBox body = new VBox(
                new ControlPreview(words, unit, background, sources),
                network,
                new ChoiceControl<>(words, "preprocessor", unit.preprocessor(), Labelled::label),
                thresholds(),
                resolution(),
                new NumberControl(words, "control-weight", unit.weight()),
                pair(
                        new NumberControl(words, "control-start", unit.start()),
                        new NumberControl(words, "control-end", unit.end())),
                new ChoiceControl<>(words, "resize-mode", unit.resizeMode(), mode -> words.get(Terms.of(mode))),
                new ChoiceControl<>(words, "control-mode", unit.mode(), mode -> words.get(ControlTerms.of(mode))));
        body.getStyleClass().add("control-body");
        body.disableProperty().bind(unit.on().onProperty().not());
        getChildren().addAll(top(sources), body);
    }

    private String name(Network network) {
        return model.fits(network) ? network.name() : network.name() + " (" + network.family() + ")";
    }

    private Node top(ControlSources sources) {
        ToggleControl on = new ToggleControl(words, "control.on", unit.on());
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Button choose =
                PictureCard.action(words, "control.choose", "control.choose.hint", () -> sources.choosePicture(unit));
        Button remove = Parts.iconButton(words, "control.remove", Feather.X, () -> model.remove(unit));
        remove.getStyleClass().add("small-icon");
        HBox top = new HBox(on, between, choose, remove);
        top.getStyleClass().add("control-top");
        return top;
    }

    private Node resolution() {
        ToggleControl perfect = new ToggleControl(words, "pixel-perfect", unit.pixelPerfect());
        NumberControl side = new NumberControl(words, "control-resolution", unit.resolution());
        shown(side, unit.pixelPerfect().onProperty().not());
        VBox box = new VBox(perfect, side);
        box.getStyleClass().add("control-body");
        return box;
    }

    /** Those of the preprocessor that is chosen; no place where it has none. */
    private Node thresholds() {
        VBox place = new VBox();
        place.getStyleClass().add("control-body");
        Runnable fill = () -> {
            Thresholds now = unit.thresholds();
            place.getChildren().clear();
            for (Thresholds.@Nullable Threshold one : Arrays.asList(now.first(), now.second())) {
                if (one != null) {
                    place.getChildren().add(new NumberControl(words, one.key(), one.number()));
                }
            }
            boolean any = !place.getChildren().isEmpty();
            place.setVisible(any);
            place.setManaged(any);
        };
        unit.preprocessor().valueProperty().addListener((property, old, now) -> fill.run());
        fill.run();
        return place;
    }

    private static HBox pair(Region left, Region right) {
        HBox pair = new HBox(left, right);
        pair.getStyleClass().add("pair");
        for (Region side : new Region[] {left, right}) {
            side.setPrefWidth(1);
            side.setMinWidth(0);
            HBox.setHgrow(side, Priority.ALWAYS);
        }
        return pair;
    }

    private static void shown(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
