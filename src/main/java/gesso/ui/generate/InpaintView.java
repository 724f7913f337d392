package gesso.ui.generate;

import gesso.request.InpaintArea;
import gesso.ui.common.Background;
import gesso.ui.common.ChoiceControl;
import gesso.ui.common.Fold;
import gesso.ui.common.Memory;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberControl;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.PictureCard;
import gesso.ui.common.ToggleControl;
import gesso.ui.common.ToggleSetting;
import gesso.ui.common.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** The mask, and what is done with it; the weight alone is also there where a model reads a mask that is not painted. */
final class InpaintView extends VBox {
    private final Words words;
    private final InpaintModel model;

    InpaintView(Words words, RecipeModel recipe, Memory memory, Background background) {
        this.words = words;
        this.model = recipe.rework().inpaint();
        getStyleClass().add("rework-part");
        BooleanBinding masked = Bindings.isNotNull(model.maskProperty());
        PictureCard card = new PictureCard(
                words,
                background,
                model.maskProperty(),
                "mask",
                "mask.remove",
                () -> model.maskProperty().set(null));
        NumberControl padding = new NumberControl(words, "padding", model.padding());
        BooleanBinding onlyMasked = Bindings.equal(model.area().valueProperty(), InpaintArea.ONLY_MASKED);
        padding.visibleProperty().bind(onlyMasked);
        VBox with = new VBox(
                card,
                new ChoiceControl<>(words, "mask-mode", model.mode(), mode -> words.get(Terms.of(mode))),
                RecipeView.pair(
                        new ChoiceControl<>(words, "area", model.area(), area -> words.get(Terms.of(area))),
                        new ChoiceControl<>(
                                words, "masked-content", model.content(), content -> words.get(Terms.of(content)))),
                RecipeView.pair(new NumberControl(words, "mask-blur", model.blur()), padding));
        with.getStyleClass().add("rework-part");
        ReworkView.shown(with, masked);
        // It does nothing on other models, but whoever looks for it where a mask is must find it.
        NumberControl weight = new NumberControl(words, "mask-weight", model.weight());
        BooleanBinding inpainting = Bindings.createBooleanBinding(
                () -> {
                    Checkpoint chosen = recipe.model().get();
                    return chosen != null && chosen.inpainting();
                },
                recipe.model().valueProperty());
        weight.meaning(value -> inpainting.get() ? Meanings.maskWeight(value) : "mask-weight.unused", inpainting);
        ReworkView.shown(weight, masked.or(inpainting));
        ToggleSetting open = memory.keep(new ToggleSetting("fold.soft", false));
        List<gesso.ui.common.Setting> settings = new ArrayList<>(List.of(model.soft()));
        settings.addAll(model.softNumbers());
        Fold soft = new Fold(words, "fold.soft", open, settings, this::soft);
        ReworkView.shown(soft, masked);
        getChildren().addAll(with, weight, soft);
        visibleProperty().bind(masked.or(inpainting));
        managedProperty().bind(visibleProperty());
    }

    private List<Node> soft() {
        VBox numbers = new VBox();
        numbers.getStyleClass().add("fold-part");
        for (NumberSetting number : model.softNumbers()) {
            numbers.getChildren().add(new NumberControl(words, number.name(), number));
        }
        numbers.disableProperty().bind(model.soft().onProperty().not());
        return List.of(new ToggleControl(words, "soft-inpainting", model.soft()), numbers);
    }
}
