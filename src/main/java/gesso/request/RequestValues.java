package gesso.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as plain values (text, numbers, yes and no, "512x768") under its fields' names, which are those of the command
 * line's options and of {@link InvalidRequest}. Files and pictures are not among them; of ControlNets there are those values that
 * {@link ControlValues} has. What presets and the queue on disk hold.
 */
public final class RequestValues {
    private RequestValues() {}

    /**
     * The request with some values changed. What belongs to a picture to start from, or to a mask, is taken where the request has
     * one.
     *
     * @param values by name; names that are not known are left alone
     * @throws InvalidRequest naming the field, for a value of another kind or out of its range
     */
    public static GenerationRequest apply(Map<String, ? extends @Nullable Object> values, GenerationRequest request) {
        Map<String, @Nullable Object> all = of(request);
        all.putAll(values);
        ValueReader read = new ValueReader(all);
        return request.edit(e -> e.prompt(read.text("prompt"))
                .negativePrompt(read.text("negative"))
                .size(Size.parse(read.text("size")))
                .batch(read.whole("batch"), read.whole("count"))
                .sampling(sampling(read))
                .seeds(seeds(read))
                .text(new TextSettings(Emphasis.parse(read.text("emphasis")), read.whole("clip-skip")))
                .refiner(
                        request.refiner() == null
                                ? null
                                : request.refiner().withSwitchAt(read.number("refiner-switch")))
                .imageCfgScale(read.number("image-cfg"))
                .maskWeight(read.number("mask-weight"))
                .tiling(read.flag("tiling"))
                .vaeTiling(read.flag("vae-tiling"))
                .profile(Profile.parse(read.text("profile")))
                .extras(read.texts("extras"))
                .controls(ControlValues.apply(all.get("controls"), request.controls()))
                .hires(read.flag("hires") ? hires(read) : null)
                .rework(request.rework() == null ? null : rework(read, request.rework()))
                .sdUpscale(request.rework() == null ? null : sdUpscale(read)));
    }

    /** Every value of a request; null where a field is left to the sampler or the model. */
    public static Map<String, @Nullable Object> of(GenerationRequest request) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("prompt", request.prompt());
        values.put("negative", request.negativePrompt());
        values.put("size", request.size().toString());
        values.put("batch", request.batchSize());
        values.put("count", request.batchCount());
        putSampling(values, request.sampling());
        putSeeds(values, request.seeds());
        values.put("emphasis", request.text().emphasis().label());
        values.put("clip-skip", request.text().clipSkip());
        if (request.refiner() != null) {
            values.put("refiner-switch", request.refiner().switchAt());
        }
        values.put("image-cfg", request.imageCfgScale());
        values.put("mask-weight", request.maskWeight());
        values.put("tiling", request.tiling());
        values.put("vae-tiling", request.vaeTiling());
        values.put("profile", request.profile().label());
        values.put("extras", request.extras());
        values.put(
                "controls", request.controls().stream().map(ControlValues::of).toList());
        values.put("hires", request.hires() != null);
        putHires(values, Objects.requireNonNullElse(request.hires(), Hires.DEFAULT));
        Rework rework = request.rework();
        if (rework != null) {
            putRework(values, rework);
            putSdUpscale(values, request.sdUpscale());
        }
        return values;
    }

    private static void putSampling(Map<String, @Nullable Object> values, SamplingSettings sampling) {
        values.put("sampler", sampling.sampler().label());
        values.put("schedule", sampling.schedule().label());
        values.put("steps", sampling.steps());
        values.put("cfg", sampling.cfgScale());
        SamplerTuning tuning = sampling.tuning();
        values.put("eta", tuning.eta());
        values.put("s-churn", tuning.sChurn());
        values.put("s-tmin", tuning.sTmin());
        values.put("s-tmax", tuning.sTmax());
        values.put("s-noise", tuning.sNoise());
        values.put("sigma-min", tuning.sigmaMin());
        values.put("sigma-max", tuning.sigmaMax());
        values.put("rho", tuning.rho());
        values.put("discard-penultimate-sigma", tuning.discardPenultimateSigma());
        values.put("ngms", tuning.negativeGuidanceMinimumSigma());
        values.put("skip-early-cfg", tuning.skipEarlyGuidance());
        values.put("cfg-rescale", tuning.cfgRescale());
    }

    private static void putSeeds(Map<String, @Nullable Object> values, SeedSettings seeds) {
        values.put("seed", seeds.seed());
        values.put("rng", seeds.rng().label());
        values.put("variation-seed", seeds.variationSeed());
        values.put("variation-strength", seeds.variationStrength());
        values.put("seed-resize", seeds.resizeFrom() == null ? null : String.valueOf(seeds.resizeFrom()));
        values.put("ensd", seeds.ensd());
    }

    private static void putHires(Map<String, @Nullable Object> values, Hires hires) {
        values.put("hires-scale", hires.scale());
        values.put("hires-size", hires.size() == null ? null : String.valueOf(hires.size()));
        values.put("hires-upscaler", hires.upscaler());
        values.put("hires-steps", hires.steps());
        values.put("denoise", hires.denoisingStrength());
        values.put(
                "hires-sampler",
                hires.sampler() == null ? null : hires.sampler().label());
        values.put(
                "hires-schedule",
                hires.schedule() == null ? null : hires.schedule().label());
        values.put("hires-cfg", hires.cfgScale());
        values.put("hires-prompt", hires.prompt());
        values.put("hires-negative", hires.negativePrompt());
    }

    private static void putSdUpscale(Map<String, @Nullable Object> values, @Nullable SdUpscale asked) {
        SdUpscale shown = Objects.requireNonNullElse(asked, SdUpscale.DEFAULT);
        values.put("sd-upscale", asked == null ? null : asked.factor());
        values.put("sd-upscale-overlap", shown.overlap());
        values.put("sd-upscale-upscaler", shown.upscaler());
    }

    /** Its values are checked also where it is off. */
    private static @Nullable SdUpscale sdUpscale(ValueReader read) {
        Double factor = read.numberOrNull("sd-upscale");
        SdUpscale asked = new SdUpscale(
                factor == null ? SdUpscale.DEFAULT.factor() : factor,
                read.whole("sd-upscale-overlap"),
                read.text("sd-upscale-upscaler"));
        return factor == null ? null : asked;
    }

    private static void putRework(Map<String, @Nullable Object> values, Rework rework) {
        values.put("resize-mode", rework.resizeMode().label());
        values.put("denoise", rework.denoisingStrength());
        values.put("exact-steps", rework.exactSteps());
        values.put("color-correction", rework.colorCorrection());
        values.put("encode-seed", rework.encodingSeed());
        values.put("upscaler", rework.upscaler());
        Inpaint inpaint = rework.inpaint();
        if (inpaint != null) {
            values.put("mask-blur", inpaint.blur());
            values.put("mask-mode", inpaint.mode().label());
            values.put("masked-content", inpaint.content().label());
            values.put("area", inpaint.area().label());
            values.put("padding", inpaint.padding());
            values.put("soft-inpainting", inpaint.soft() != null);
            SoftInpainting soft = Objects.requireNonNullElse(inpaint.soft(), SoftInpainting.DEFAULT);
            values.put("soft-schedule-bias", soft.scheduleBias());
            values.put("soft-preservation", soft.preservationStrength());
            values.put("soft-contrast-boost", soft.transitionContrastBoost());
            values.put("soft-mask-influence", soft.maskInfluence());
            values.put("soft-threshold", soft.differenceThreshold());
            values.put("soft-contrast", soft.differenceContrast());
        }
    }

    private static SamplingSettings sampling(ValueReader read) {
        return new SamplingSettings(
                Sampler.parse(read.text("sampler")),
                ScheduleType.parse(read.text("schedule")),
                read.whole("steps"),
                read.number("cfg"),
                new SamplerTuning(
                        read.numberOrNull("eta"),
                        read.number("s-churn"),
                        read.number("s-tmin"),
                        read.number("s-tmax"),
                        read.number("s-noise"),
                        read.numberOrNull("sigma-min"),
                        read.numberOrNull("sigma-max"),
                        read.numberOrNull("rho"),
                        read.flag("discard-penultimate-sigma"),
                        read.number("ngms"),
                        read.number("skip-early-cfg"),
                        read.number("cfg-rescale")));
    }

    private static SeedSettings seeds(ValueReader read) {
        return new SeedSettings(
                read.longWhole("seed"),
                Rng.parse(read.text("rng")),
                read.longWhole("variation-seed"),
                read.number("variation-strength"),
                read.orNull("seed-resize", Size::parse),
                read.whole("ensd"));
    }

    private static Hires hires(ValueReader read) {
        return new Hires(
                read.number("hires-scale"),
                read.orNull("hires-size", Size::parse),
                read.text("hires-upscaler"),
                read.whole("hires-steps"),
                read.number("denoise"),
                read.orNull("hires-sampler", Sampler::parse),
                read.orNull("hires-schedule", ScheduleType::parse),
                read.number("hires-cfg"),
                read.text("hires-prompt"),
                read.text("hires-negative"));
    }

    private static Rework rework(ValueReader read, Rework from) {
        return new Rework(
                from.source(),
                ResizeMode.parse(read.text("resize-mode")),
                read.number("denoise"),
                read.flag("exact-steps"),
                read.flag("color-correction"),
                from.inpaint() == null ? null : inpaint(read, from.inpaint()),
                read.isNull("encode-seed") ? null : read.longWhole("encode-seed"),
                from.strengthMap(),
                read.isNull("upscaler") ? null : read.text("upscaler"));
    }

    private static Inpaint inpaint(ValueReader read, Inpaint from) {
        return new Inpaint(
                from.mask(),
                read.whole("mask-blur"),
                MaskMode.parse(read.text("mask-mode")),
                MaskedContent.parse(read.text("masked-content")),
                InpaintArea.parse(read.text("area")),
                read.whole("padding"),
                read.flag("soft-inpainting") ? soft(read) : null);
    }

    private static SoftInpainting soft(ValueReader read) {
        return new SoftInpainting(
                read.number("soft-schedule-bias"),
                read.number("soft-preservation"),
                read.number("soft-contrast-boost"),
                read.number("soft-mask-influence"),
                read.number("soft-threshold"),
                read.number("soft-contrast"));
    }
}
