package gesso.ui.generate;

import gesso.request.Labelled;
import gesso.request.Sampler;
import gesso.ui.common.ChoiceControl;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberControl;
import gesso.ui.common.NumberField;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Parts;
import gesso.ui.common.TextSetting;
import gesso.ui.common.ToggleControl;
import gesso.ui.common.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The contents of the folds. */
final class AdvancedViews {
    private final Words words;

    AdvancedViews(Words words) {
        this.words = words;
    }

    List<Node> hires(HiresModel model, ReworkModel rework) {
        BooleanBinding reworking = Bindings.isNotNull(rework.sourceProperty());
        Label belongs = Parts.quiet(null);
        belongs.setWrapText(true);
        belongs.textProperty().bind(words.text("hires.from-text"));
        ReworkView.shown(belongs, reworking);
        ToggleControl on = new ToggleControl(words, "hires", model.on());
        VBox rest = new VBox(
                number("hires-scale", model.scale()),
                RecipeView.pair(plain("hires-width", model.width()), plain("hires-height", model.height())),
                new ChoiceControl<>(words, "hires-upscaler", model.upscaler(), Function.identity()),
                number("hires-steps", model.steps()),
                number("denoise", model.denoise()).meaning(Meanings::denoise),
                RecipeView.pair(
                        orSame("hires-sampler", model.sampler(), Sampler::label),
                        orSame("hires-schedule", model.schedule(), Labelled::label)),
                number("hires-cfg", model.cfg()),
                text("hires-prompt", model.prompt()),
                text("hires-negative-prompt", model.negativePrompt()));
        rest.getStyleClass().add("fold-part");
        on.disableProperty().bind(reworking);
        rest.disableProperty().bind(model.on().onProperty().not().or(reworking));
        return List.of(belongs, on, rest);
    }

    List<Node> refiner(RecipeModel recipe) {
        RefinerModel model = recipe.refiner();
        NumberControl switchAt = number("refiner-switch", model.switchAt());
        switchAt.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.model().chosen().isEmpty(), model.model().valueProperty()));
        return List.of(
                new ChoiceControl<>(
                        words,
                        "refiner",
                        model.model(),
                        file -> file.map(path -> name(recipe, path)).orElseGet(() -> words.get("refiner.none"))),
                switchAt);
    }

    /** As the list of models has it; its file's, where it is in no list. */
    private static String name(RecipeModel recipe, Path file) {
        return recipe.model().choices().stream()
                .filter(choice -> choice.file().equals(file))
                .map(Checkpoint::name)
                .findFirst()
                .orElse(String.valueOf(file.getFileName()));
    }

    List<Node> variation(VariationModel model) {
        return List.of(
                number("variation-strength", model.strength()),
                seed("variation-seed", model.seed()),
                RecipeView.pair(
                        plain("seed-resize-width", model.fromWidth()),
                        plain("seed-resize-height", model.fromHeight())));
    }

    List<Node> tuning(TuningModel model) {
        return List.of(
                RecipeView.pair(number("eta", model.eta()), number("s-noise", model.noise())),
                number("s-churn", model.churn()),
                RecipeView.pair(number("s-tmin", model.churnFrom()), number("s-tmax", model.churnTo())),
                RecipeView.pair(plain("sigma-min", model.sigmaMin()), plain("sigma-max", model.sigmaMax())),
                RecipeView.pair(plain("rho", model.rho()), new Region()),
                new ToggleControl(words, "discard-penultimate", model.discardPenultimate()),
                number("cfg-rescale", model.cfgRescale()),
                RecipeView.pair(number("ngms", model.ngms()), number("skip-early-cfg", model.skipEarly())));
    }

    List<Node> advanced(AdvancedModel model) {
        return List.of(
                RecipeView.pair(labelled("profile", model.profile()), labelled("rng", model.rng())),
                RecipeView.pair(labelled("emphasis", model.emphasis()), plain("ensd", model.ensd())),
                number("clip-skip", model.clipSkip()),
                new ChoiceControl<>(
                        words,
                        "vae",
                        model.vae(),
                        file -> file.map(path -> String.valueOf(path.getFileName()))
                                .orElseGet(() -> words.get("vae.own"))),
                new ToggleControl(words, "tiling", model.tiling()),
                new ToggleControl(words, "vae-tiling", model.vaeTiling()));
    }

    private NumberControl number(String key, NumberSetting setting) {
        return new NumberControl(words, key, setting);
    }

    private <E extends Enum<E> & Labelled> ChoiceControl<E> labelled(String key, ChoiceSetting<E> setting) {
        return new ChoiceControl<>(words, key, setting, Labelled::label);
    }

    private <E> ChoiceControl<Optional<E>> orSame(
            String key, ChoiceSetting<Optional<E>> setting, Function<E, String> text) {
        return new ChoiceControl<>(
                words, key, setting, choice -> choice.map(text).orElseGet(() -> words.get("hires.same")));
    }

    /** A number whose range is too wide for a slider; left empty, the program has its way. */
    private VBox plain(String key, NumberSetting setting) {
        return field(key, setting, Double.isNaN(setting.defaultValue()) ? "automatic" : key);
    }

    private VBox seed(String key, NumberSetting setting) {
        return field(key, setting, "seed.random");
    }

    private VBox field(String key, NumberSetting setting, String whileEmpty) {
        NumberField field = new NumberField(words, key, setting);
        field.promptTextProperty().bind(words.text(whileEmpty));
        field.setMaxWidth(Double.MAX_VALUE);
        VBox box = new VBox(Parts.label(words, key, setting, field), field, Parts.problem(words, setting));
        box.getStyleClass().add("seed-control");
        return box;
    }

    private VBox text(String key, TextSetting setting) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(setting.textProperty());
        field.promptTextProperty().bind(words.text("hires.same"));
        Parts.connect(words, key, setting, field);
        VBox box = new VBox(Parts.label(words, key, setting, field), field);
        box.getStyleClass().add("choice-control");
        return box;
    }
}
