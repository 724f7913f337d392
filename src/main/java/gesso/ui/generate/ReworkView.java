package gesso.ui.generate;

import gesso.ui.common.Background;
import gesso.ui.common.ChoiceControl;
import gesso.ui.common.Fold;
import gesso.ui.common.Memory;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberControl;
import gesso.ui.common.NumberField;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureCard;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.ToggleControl;
import gesso.ui.common.ToggleSetting;
import gesso.ui.common.Words;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The picture to start from, and how much of it is kept; a button that asks for one while there is none. */
public final class ReworkView extends VBox {
    private final Words words;
    private final RecipeModel recipe;
    private final ReworkModel model;
    private final Background background;
    private final SourceActions actions;

    /** @param background makes the small pictures */
    public ReworkView(Words words, RecipeModel recipe, Memory memory, Background background, SourceActions actions) {
        this.words = words;
        this.recipe = recipe;
        this.model = recipe.rework();
        this.background = background;
        this.actions = actions;
        getStyleClass().add("rework");
        BooleanBinding reworking = Bindings.isNotNull(model.sourceProperty());
        ToggleSetting open = memory.keep(new ToggleSetting("fold.rework", false));
        VBox with = new VBox(
                card(),
                more(),
                new NumberControl(words, "denoise", model.denoise()).meaning(Meanings::likeness),
                imageCfg(),
                new InpaintView(words, recipe, memory, background),
                new Fold(
                        words,
                        "fold.sd-upscale",
                        memory.keep(new ToggleSetting("fold.sd-upscale", false)),
                        model.sdUpscale().settings(),
                        this::sdUpscale),
                new Fold(words, "fold.rework", open, model.finer(), this::finer));
        with.getStyleClass().add("rework-part");
        shown(with, reworking);
        Node start = start();
        shown(start, reworking.not());
        getChildren().addAll(start, with, problem());
    }

    private Node start() {
        Button start = new Button();
        start.setId("rework-start");
        start.getStyleClass().addAll("flat", "fold-title");
        start.setMaxWidth(Double.MAX_VALUE);
        start.setAlignment(Pos.CENTER_LEFT);
        start.setGraphic(new FontIcon(Feather.IMAGE));
        start.textProperty().bind(words.text("rework.start"));
        start.setTooltip(Parts.hint(words, "rework.start.hint"));
        start.setOnAction(event -> actions.chooseSource());
        return start;
    }

    private Node card() {
        Button mask = PictureCard.action(words, "mask.choose", "mask.choose.hint", actions::chooseMask);
        shown(mask, Bindings.isNull(model.inpaint().maskProperty()));
        return new PictureCard(
                words,
                background,
                model.sourceProperty(),
                "rework.source",
                "rework.remove",
                model::clear,
                PictureCard.action(words, "rework.size", "rework.size.hint", this::takeSize),
                PictureCard.action(words, "interrogate", "interrogate.hint", actions::interrogateSource),
                mask);
    }

    /** How many pictures follow. */
    private Node more() {
        Label label = Parts.quiet("rework-more");
        label.setWrapText(true);
        label.textProperty().bind(words.text("rework.more", Bindings.size(model.more())));
        shown(label, Bindings.isNotEmpty(model.more()));
        return label;
    }

    private void takeSize() {
        SourcePicture source = model.sourceProperty().get();
        if (source != null) {
            recipe.size().useOf(source.picture().size());
        }
    }

    private Node imageCfg() {
        NumberControl imageCfg = new NumberControl(words, "image-cfg", model.imageCfg());
        BooleanBinding instruct = Bindings.createBooleanBinding(
                () -> {
                    Checkpoint chosen = recipe.model().get();
                    return chosen != null && chosen.instruct();
                },
                recipe.model().valueProperty());
        shown(imageCfg, instruct);
        return imageCfg;
    }

    private List<Node> sdUpscale() {
        SdUpscaleModel upscale = model.sdUpscale();
        VBox numbers = new VBox(
                RecipeView.pair(
                        new NumberControl(words, "sd-upscale", upscale.factor()),
                        new NumberControl(words, "sd-upscale-overlap", upscale.overlap())),
                new ChoiceControl<>(words, "upscaler", upscale.upscaler(), Function.identity()));
        numbers.getStyleClass().add("fold-part");
        numbers.disableProperty().bind(upscale.on().onProperty().not());
        return List.of(new ToggleControl(words, "sd-upscale-on", upscale.on()), numbers);
    }

    private List<Node> finer() {
        NumberField seed = new NumberField(words, "encode-seed", model.encodingSeed());
        seed.promptTextProperty().bind(words.text("encode-seed.none"));
        seed.setMaxWidth(Double.MAX_VALUE);
        VBox encoding = new VBox(
                Parts.label(words, "encode-seed", model.encodingSeed(), seed),
                seed,
                Parts.problem(words, model.encodingSeed()));
        encoding.getStyleClass().add("seed-control");
        return List.of(
                new ChoiceControl<>(words, "resize-mode", model.resizeMode(), mode -> words.get(Terms.of(mode))),
                new ToggleControl(words, "color-correction", model.colorCorrection()),
                new ToggleControl(words, "exact-steps", model.exactSteps()),
                encoding);
    }

    private Node problem() {
        Label label = new Label();
        label.setId("rework-problem");
        label.getStyleClass().add("problem");
        label.setWrapText(true);
        model.problemProperty().addListener((property, old, now) -> {
            label.textProperty().unbind();
            label.setText("");
            if (now != null) {
                label.textProperty().bind(now.text(words));
            }
        });
        shown(label, label.textProperty().isNotEmpty());
        return label;
    }

    static void shown(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
