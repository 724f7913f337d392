package gesso.command;

import gesso.image.metadata.SamplerNames;
import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.TextSettings;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What makes a picture, as options; what is not given stays as it was. Ranges are checked by the request. */
final class RequestOptions {
    @Option(names = "--negative", paramLabel = "TEXT", description = "what the picture should not show")
    @Nullable
    String negative;

    @Option(names = "--steps", paramLabel = "N", description = "sampling steps, 1 to 150 (20)")
    @Nullable
    Integer steps;

    @Option(names = "--sampler", paramLabel = "NAME", description = "e.g. \"Euler a\" (DPM++ 2M)")
    @Nullable
    String sampler;

    @Option(names = "--schedule", paramLabel = "NAME", description = "e.g. Karras (Automatic: the sampler's own)")
    @Nullable
    String schedule;

    @Option(names = "--cfg", paramLabel = "X", description = "CFG scale, 1 to 30 (7)")
    @Nullable
    Double cfg;

    @Option(
            names = "--image-cfg",
            paramLabel = "X",
            description = "how much a model that edits by instruction holds to --image, 0 to 3 (1.5)")
    @Nullable
    Double imageCfg;

    @Option(names = "--size", paramLabel = "WxH", description = "e.g. 512x768 (the model's own size)")
    @Nullable
    Size size;

    @Option(names = "--batch", paramLabel = "N", description = "pictures at a time (1)")
    @Nullable
    Integer batch;

    @Option(names = "--count", paramLabel = "N", description = "how often (1)")
    @Nullable
    Integer count;

    @Option(names = "--seed", paramLabel = "N", description = "the first picture's seed (-1: drawn)")
    @Nullable
    Long seed;

    @Option(names = "--rng", paramLabel = "NAME", description = "whose noise: gpu, cpu, nv or comfy (gpu)")
    @Nullable
    String rng;

    @Option(names = "--variation-seed", paramLabel = "N", description = "the seed to vary towards (-1: drawn)")
    @Nullable
    Long variationSeed;

    @Option(names = "--variation-strength", paramLabel = "X", description = "how far, 0 to 1 (0)")
    @Nullable
    Double variationStrength;

    @Option(names = "--seed-resize", paramLabel = "WxH", description = "keep the noise of this size")
    @Nullable
    Size seedResize;

    @Option(names = "--ensd", paramLabel = "N", description = "eta noise seed delta (0)")
    @Nullable
    Integer ensd;

    @Option(names = "--eta", paramLabel = "X", description = "amount of ancestral noise, 0 to 1 (the sampler's)")
    @Nullable
    Double eta;

    @Option(names = "--s-churn", paramLabel = "X", description = "noise added back at each step, 0 to 100 (0)")
    @Nullable
    Double sChurn;

    @Option(names = "--s-noise", paramLabel = "X", description = "scale of added noise, 0 to 1.1 (1)")
    @Nullable
    Double sNoise;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            description = "layer of the text encoder from the end, 1 to 12 (1)")
    @Nullable
    Integer clipSkip;

    @Option(
            names = "--emphasis",
            paramLabel = "NAME",
            description = "what (word:1.2) does: Original, \"No norm\", None, Ignore, ComfyUI (Original)")
    @Nullable
    String emphasis;

    @Option(
            names = "--mask-weight",
            paramLabel = "X",
            description = "inpainting mask weight of 9-channel models, 0 to 1 (1)")
    @Nullable
    Double maskWeight;

    @Option(names = "--tiling", description = "edges that meet when the picture is laid as tiles")
    boolean tiling;

    @Option(names = "--vae-tiling", description = "the VAE works in tiles: large pictures in little memory")
    boolean vaeTiling;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "whose meanings: a1111, comfyui or diffusers (a1111)")
    @Nullable
    String profile;

    /** The request with everything that was given. @throws InvalidRequest with a sentence for the value that cannot be */
    GenerationRequest apply(GenerationRequest from) {
        return from.edit(e -> e.negativePrompt(or(negative, from.negativePrompt()))
                .size(or(size, from.size()))
                .batch(or(batch, from.batchSize()), or(count, from.batchCount()))
                .sampling(sampling(from.sampling()))
                .seeds(seeds(from.seeds()))
                .text(text(from.text()))
                .imageCfgScale(or(imageCfg, from.imageCfgScale()))
                .maskWeight(or(maskWeight, from.maskWeight()))
                .tiling(tiling || from.tiling())
                .vaeTiling(vaeTiling || from.vaeTiling())
                .profile(profile == null ? from.profile() : Choices.PROFILE.parse(profile)));
    }

    private SamplingSettings sampling(SamplingSettings from) {
        SamplingSettings named = from;
        if (sampler != null) {
            SamplerNames.Named parsed = sampler(sampler);
            named = named.withSampler(parsed.sampler()).withSchedule(parsed.schedule());
        }
        ScheduleType type = schedule == null ? named.schedule() : schedule(schedule);
        return new SamplingSettings(
                named.sampler(), type, or(steps, from.steps()), or(cfg, from.cfgScale()), tuning(from.tuning()));
    }

    /** Names that say the schedule too ("DPM++ 2M Karras") are understood. */
    static SamplerNames.Named sampler(String name) {
        return SamplerNames.parse(name)
                .orElseThrow(() -> new InvalidRequest(
                        "sampler",
                        "There is no sampler \"%s\"; there are: %s."
                                .formatted(
                                        name,
                                        Arrays.stream(Sampler.values())
                                                .map(Sampler::label)
                                                .collect(Collectors.joining(", ")))));
    }

    static ScheduleType schedule(String name) {
        return SamplerNames.schedule(name).orElseGet(() -> ScheduleType.parse(name));
    }

    private SamplerTuning tuning(SamplerTuning from) {
        return new SamplerTuning(
                eta == null ? from.eta() : eta,
                or(sChurn, from.sChurn()),
                from.sTmin(),
                from.sTmax(),
                or(sNoise, from.sNoise()),
                from.sigmaMin(),
                from.sigmaMax(),
                from.rho(),
                from.discardPenultimateSigma(),
                from.negativeGuidanceMinimumSigma(),
                from.skipEarlyGuidance(),
                from.cfgRescale());
    }

    private SeedSettings seeds(SeedSettings from) {
        Rng source = rng == null ? from.rng() : Choices.RNG.parse(rng);
        return new SeedSettings(
                or(seed, from.seed()),
                source,
                or(variationSeed, from.variationSeed()),
                or(variationStrength, from.variationStrength()),
                seedResize == null ? from.resizeFrom() : seedResize,
                or(ensd, from.ensd()));
    }

    private TextSettings text(TextSettings from) {
        Emphasis mode = emphasis == null ? from.emphasis() : Choices.EMPHASIS.parse(emphasis);
        return new TextSettings(mode, or(clipSkip, from.clipSkip()));
    }

    static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
