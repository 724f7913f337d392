package gesso.ui.generate;

import gesso.prompt.Styles;
import gesso.request.GenerationRequest;
import gesso.request.Rework;
import gesso.request.SamplingSettings;
import gesso.ui.common.ModelChoices.Checkpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the controls to a request, and back. */
final class RequestForm {
    private final RecipeModel recipe;
    private @Nullable GenerationRequest used;

    RequestForm(RecipeModel recipe) {
        this.recipe = recipe;
    }

    /** Sets every control to what made a picture. Its prompts have their styles in them already. */
    void use(GenerationRequest request) {
        used = request;
        recipe.styles().setting().reset();
        recipe.prompt().set(request.prompt());
        recipe.negativePrompt().set(request.negativePrompt());
        recipe.model().choices().stream()
                .filter(choice -> choice.file().equals(request.model()))
                .findFirst()
                .ifPresent(recipe.model()::set);
        recipe.rework().use(request.rework());
        recipe.rework().inpaint().weight().set(request.maskWeight());
        recipe.control().use(request.controls());
        recipe.size().use(request.size());
        use(request.sampling());
        recipe.batchCount().set(request.batchCount());
        recipe.batchSize().set(request.batchSize());
        recipe.useSeed(request.seeds().seed());
        recipe.variation().use(request.seeds());
        recipe.hires().use(request.hires());
        recipe.refiner().use(request.refiner());
        recipe.rework().sdUpscale().use(request.sdUpscale());
        recipe.rework().imageCfg().set(request.imageCfgScale());
        AdvancedModel advanced = recipe.advanced();
        advanced.clipSkip().set(request.text().clipSkip());
        advanced.emphasis().set(request.text().emphasis());
        advanced.rng().set(request.seeds().rng());
        advanced.ensd().set(request.seeds().ensd());
        advanced.profile().set(request.profile());
        advanced.useVae(request.vae());
        advanced.tiling().set(request.tiling());
        advanced.vaeTiling().set(request.vaeTiling());
    }

    private void use(SamplingSettings sampling) {
        recipe.sampler().set(sampling.sampler());
        recipe.schedule().set(sampling.schedule());
        recipe.steps().set(sampling.steps());
        recipe.cfg().set(sampling.cfgScale());
        recipe.tuning().use(sampling.tuning());
    }

    /**
     * The request as the controls stand, whose numbers are numbers.
     *
     * @throws gesso.request.InvalidRequest where the values together are none that can be asked for
     */
    GenerationRequest build(Checkpoint checkpoint) {
        AdvancedModel advanced = recipe.advanced();
        Styles.Prompts prompts = recipe.styles()
                .apply(recipe.prompt().get(), recipe.negativePrompt().get());
        Rework rework = recipe.rework().rework();
        return GenerationRequest.of(
                        prompts.prompt(), checkpoint.file(), recipe.size().size())
                .edit(edit -> edit.negativePrompt(prompts.negativePrompt())
                        .vae(advanced.vae().chosen().orElse(null))
                        .batch(recipe.batchSize().whole(), recipe.batchCount().whole())
                        .sampling(sampling())
                        .seeds(recipe.variation()
                                .seeds(
                                        SeedNumbers.get(recipe.seed()),
                                        advanced.rng().chosen(),
                                        advanced.ensd().whole()))
                        .text(advanced.text())
                        // A second pass belongs to pictures from text alone; its fold says so.
                        .hires(rework == null ? recipe.hires().hires() : null)
                        .rework(rework)
                        .sdUpscale(
                                rework == null
                                        ? null
                                        : recipe.rework().sdUpscale().sdUpscale())
                        .refiner(recipe.refiner().refiner())
                        .imageCfgScale(recipe.rework().imageCfg().value())
                        .controls(recipe.control().controls())
                        .maskWeight(recipe.rework().inpaint().weight().value())
                        .tiling(advanced.tiling().isOn())
                        .vaeTiling(advanced.vaeTiling().isOn())
                        .profile(advanced.profile().chosen())
                        .extras(extras(prompts.prompt())));
    }

    private SamplingSettings sampling() {
        return new SamplingSettings(
                recipe.sampler().chosen(),
                recipe.schedule().chosen(),
                recipe.steps().whole(),
                recipe.cfg().value(),
                recipe.tuning().tuning());
    }

    /** What a picture's parameters say that has no control here goes into the next picture's, while it is of the same prompt. */
    private Map<String, String> extras(String wanted) {
        return used != null && used.prompt().equals(wanted) ? used.extras() : Map.of();
    }
}
