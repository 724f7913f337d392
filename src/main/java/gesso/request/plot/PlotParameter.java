package gesso.request.plot;

import static gesso.request.plot.PlotParameter.Kind.CHOICE;
import static gesso.request.plot.PlotParameter.Kind.DECIMAL;
import static gesso.request.plot.PlotParameter.Kind.WHOLE;

import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Labelled;
import gesso.request.Refiner;
import gesso.request.Rework;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.Size;
import gesso.request.TextSettings;
import java.util.List;
import java.util.function.UnaryOperator;

/** What an axis of an X/Y/Z plot can change, under A1111's names. */
@SuppressWarnings("ImmutableEnumChecker") // the changes are functions of nothing but their arguments
public enum PlotParameter implements Labelled {
    SEED("Seed", WHOLE, (r, v) -> r.withSeeds(r.seeds().withSeed(whole(v)))),
    VARIATION_SEED(
            "Var. seed",
            WHOLE,
            (r, v) -> r.withSeeds(r.seeds().withVariation(whole(v), r.seeds().variationStrength()))),
    VARIATION_STRENGTH(
            "Var. strength",
            DECIMAL,
            (r, v) -> r.withSeeds(r.seeds().withVariation(r.seeds().variationSeed(), number(v)))),
    STEPS("Steps", WHOLE, (r, v) -> r.withSampling(r.sampling().withSteps((int) whole(v)))),
    CFG_SCALE("CFG Scale", DECIMAL, (r, v) -> r.withSampling(r.sampling().withCfgScale(number(v)))),
    IMAGE_CFG_SCALE("Image CFG Scale", DECIMAL, (r, v) -> r.edit(e -> e.imageCfgScale(number(v)))),
    REFINER_SWITCH(
            "Refiner switch at",
            DECIMAL,
            (r, v) -> r.edit(e -> e.refiner(refiner(r).withSwitchAt(number(v))))),
    PROMPT_SR("Prompt S/R", CHOICE, (r, v) -> r),
    SAMPLER("Sampler", CHOICE, (r, v) -> r.withSampling(r.sampling().withSampler(Sampler.parse(v)))),
    SCHEDULE("Schedule type", CHOICE, (r, v) -> r.withSampling(r.sampling().withSchedule(ScheduleType.parse(v)))),
    CHECKPOINT("Checkpoint name", CHOICE, (r, v) -> r),
    NGMS(
            "Negative Guidance minimum sigma",
            DECIMAL,
            (r, v) -> tuned(r, t -> t.withNegativeGuidanceMinimumSigma(number(v)))),
    SIGMA_CHURN("Sigma Churn", DECIMAL, (r, v) -> tuned(r, t -> t.withSChurn(number(v)))),
    SIGMA_TMIN("Sigma min", DECIMAL, (r, v) -> tuned(r, t -> t.withSTmin(number(v)))),
    SIGMA_TMAX("Sigma max", DECIMAL, (r, v) -> tuned(r, t -> t.withSTmax(number(v)))),
    SIGMA_NOISE("Sigma noise", DECIMAL, (r, v) -> tuned(r, t -> t.withSNoise(number(v)))),
    SCHEDULE_MIN_SIGMA("Schedule min sigma", DECIMAL, (r, v) -> tuned(r, t -> t.withSigmaMin(number(v)))),
    SCHEDULE_MAX_SIGMA("Schedule max sigma", DECIMAL, (r, v) -> tuned(r, t -> t.withSigmaMax(number(v)))),
    SCHEDULE_RHO("Schedule rho", DECIMAL, (r, v) -> tuned(r, t -> t.withRho(number(v)))),
    ETA("Eta", DECIMAL, (r, v) -> tuned(r, t -> t.withEta(number(v)))),
    CFG_RESCALE("CFG rescale", DECIMAL, (r, v) -> tuned(r, t -> t.withCfgRescale(number(v)))),
    CLIP_SKIP(
            "Clip skip",
            WHOLE,
            (r, v) -> r.edit(e -> e.text(new TextSettings(r.text().emphasis(), (int) whole(v))))),
    EMPHASIS(
            "Emphasis",
            CHOICE,
            (r, v) -> r.edit(
                    e -> e.text(new TextSettings(Emphasis.parse(v), r.text().clipSkip())))),
    DENOISING("Denoising", DECIMAL, (r, v) -> denoised(r, number(v))),
    HIRES_STEPS("Hires steps", WHOLE, (r, v) -> r.edit(e -> e.hires(hires(r).withSteps((int) whole(v))))),
    HIRES_UPSCALER("Hires upscaler", CHOICE, (r, v) -> r.edit(e -> e.hires(hires(r).withUpscaler(v)))),
    MASK_WEIGHT("Cond. Image Mask Weight", DECIMAL, (r, v) -> r.edit(e -> e.maskWeight(number(v)))),
    RNG("RNG source", CHOICE, (r, v) -> r.withSeeds(r.seeds().withRng(Rng.parse(v)))),
    SIZE("Size", CHOICE, (r, v) -> r.withSize(Size.parse(v)));

    /** How an axis' values are written. */
    enum Kind {
        WHOLE,
        DECIMAL,
        CHOICE
    }

    /** Sets the parameter to a value. */
    private interface Change {
        GenerationRequest apply(GenerationRequest request, String value);
    }

    private final String label;
    private final Kind kind;
    private final Change change;

    PlotParameter(String label, Kind kind, Change change) {
        this.label = label;
        this.kind = kind;
        this.change = change;
    }

    @Override
    public String label() {
        return label;
    }

    public static PlotParameter parse(String text) {
        return Labelled.parse(PlotParameter.class, "plot", "plot parameter", text);
    }

    List<String> values(String text) {
        return switch (kind) {
            case WHOLE -> PlotValues.whole(text);
            case DECIMAL -> PlotValues.decimal(text);
            case CHOICE -> PlotValues.items(text);
        };
    }

    /** The request with this parameter at {@code value}; the two that need more than the value are the plot's own work. */
    GenerationRequest apply(GenerationRequest request, String value) {
        return change.apply(request, value);
    }

    private static GenerationRequest tuned(GenerationRequest request, UnaryOperator<SamplerTuning> change) {
        SamplingSettings sampling = request.sampling();
        return request.withSampling(sampling.withTuning(change.apply(sampling.tuning())));
    }

    private static GenerationRequest denoised(GenerationRequest request, double strength) {
        Rework rework = request.rework();
        if (rework != null) {
            return request.edit(e -> e.rework(rework.withDenoisingStrength(strength)));
        }
        return request.edit(e -> e.hires(hires(request).withDenoisingStrength(strength)));
    }

    private static Hires hires(GenerationRequest request) {
        Hires hires = request.hires();
        if (hires == null) {
            throw new InvalidRequest(
                    "plot", "This axis belongs to hires fix or to a reworked picture; switch one of them on.");
        }
        return hires;
    }

    private static Refiner refiner(GenerationRequest request) {
        Refiner refiner = request.refiner();
        if (refiner == null) {
            throw new InvalidRequest("plot", "This axis belongs to a refiner; choose one.");
        }
        return refiner;
    }

    private static long whole(String value) {
        return (long) number(value);
    }

    private static double number(String value) {
        return Double.parseDouble(value);
    }
}
