package gesso.image.metadata;

import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Profile;
import gesso.request.Refiner;
import gesso.request.Rework;
import gesso.request.Rng;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.SdUpscale;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.TextSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings an infotext's settings into a request. What the text leaves out is A1111's default where that program takes its
 * absence so (clip skip 1, RNG GPU, schedule Automatic, no variation, no hires fix, mask mode, masked content, area and
 * padding), and stays as it was elsewhere. The source picture and the mask always stay.
 */
public final class InfotextReader {
    /**
     * What came of it.
     *
     * @param request the request with the text's settings
     * @param notes a sentence for each setting that could not be taken over
     */
    public record Reading(GenerationRequest request, List<String> notes) {}

    /** A model's name and, in brackets, its hash. */
    private static final Pattern TITLE = Pattern.compile("(.*?)(?:\\s*\\[([0-9a-fA-F]+)\\])?");

    private final TakenSettings settings;
    private GenerationRequest request;

    private InfotextReader(Infotext text, GenerationRequest current) {
        settings = new TakenSettings(text.settings());
        request = current.edit(e -> e.prompt(text.prompt()).negativePrompt(text.negativePrompt()));
    }

    /**
     * Brings the text's settings into a request.
     *
     * @param current what they are brought into
     */
    public static Reading apply(Infotext text, GenerationRequest current, ModelFinder models) {
        InfotextReader reader = new InfotextReader(text, current);
        if (!text.settings().isEmpty()) {
            reader.model(models);
            HiresReader.modernize(reader.settings);
            reader.settings.use("Size", Size::parse, size -> reader.request = reader.request.withSize(size));
            reader.sampling();
            reader.seeds();
            reader.text();
            reader.refiner(models);
            reader.hiresOrRework();
            reader.request = ControlText.read(reader.settings, reader.request, models);
            reader.request = TurnText.read(reader.settings, reader.request);
            reader.others();
        }
        return new Reading(reader.request, List.copyOf(reader.settings.notes()));
    }

    private void model(ModelFinder models) {
        String name = settings.take("Model", "");
        String hash = settings.take("Model hash", "");
        if (!name.isEmpty() || !hash.isEmpty()) {
            models.checkpoint(name, hash)
                    .ifPresentOrElse(
                            path -> request = request.edit(e -> e.model(path)),
                            () -> settings.note("The model %s is not in the model folders; %s stays chosen."
                                    .formatted(
                                            name.isEmpty() ? "with the hash " + hash : name,
                                            request.model().getFileName())));
        }
        String vaeName = settings.take("VAE", "");
        String vaeHash = settings.take("VAE hash", "");
        boolean named = !vaeName.isEmpty() || !vaeHash.isEmpty();
        Optional<Path> vae = named ? models.vae(vaeName, vaeHash) : Optional.empty();
        if (named && vae.isEmpty()) {
            settings.note("The VAE %s is not in the model folders; the model's own is used."
                    .formatted(vaeName.isEmpty() ? "with the hash " + vaeHash : vaeName));
        }
        request = request.edit(e -> e.vae(vae.orElse(null)));
    }

    private void sampling() {
        sampling(s -> s.withSchedule(ScheduleType.AUTOMATIC).withTuning(SamplerTuning.DEFAULT));
        settings.use(
                "Sampler",
                InfotextReader::sampler,
                named -> sampling(s -> s.withSampler(named.sampler()).withSchedule(named.schedule())));
        settings.use("Schedule type", InfotextReader::schedule, value -> sampling(s -> s.withSchedule(value)));
        settings.use("Steps", Integer::parseInt, n -> sampling(s -> s.withSteps(n)));
        settings.use("CFG scale", Double::parseDouble, x -> sampling(s -> s.withCfgScale(x)));
        settings.attempt(
                "A finer setting of the sampler",
                "",
                () -> sampling(s -> s.withTuning(TuningReader.read(settings, s.sampler()))));
    }

    private void sampling(UnaryOperator<SamplingSettings> change) {
        request = request.withSampling(change.apply(request.sampling()));
    }

    private static SamplerNames.Named sampler(String name) {
        return SamplerNames.parse(name)
                .orElseThrow(() -> new InvalidRequest("sampler", "there is no sampler %s here.".formatted(name)));
    }

    private static ScheduleType schedule(String name) {
        return SamplerNames.schedule(name)
                .orElseThrow(() -> new InvalidRequest("schedule", "there is no schedule %s here.".formatted(name)));
    }

    private void seeds() {
        seeds(s -> new SeedSettings(s.seed(), Rng.GPU, SeedSettings.RANDOM, 0, null, 0));
        settings.use("Seed", Long::parseLong, seed -> seeds(s -> s.withSeed(seed)));
        settings.use("RNG", Rng::parse, rng -> seeds(s -> s.withRng(rng)));
        long variation = settings.take("Variation seed", Long::parseLong, SeedSettings.RANDOM);
        settings.use("Variation seed strength", Double::parseDouble, x -> seeds(s -> s.withVariation(variation, x)));
        settings.use("Seed resize from", Size::parse, from -> seeds(s -> with(s, from, s.ensd())));
        settings.use("ENSD", Integer::parseInt, ensd -> seeds(s -> with(s, s.resizeFrom(), ensd)));
    }

    private void seeds(UnaryOperator<SeedSettings> change) {
        request = request.withSeeds(change.apply(request.seeds()));
    }

    private static SeedSettings with(SeedSettings s, @Nullable Size resizeFrom, int ensd) {
        return new SeedSettings(s.seed(), s.rng(), s.variationSeed(), s.variationStrength(), resizeFrom, ensd);
    }

    private void text() {
        Emphasis emphasis = settings.take("Emphasis", Emphasis::parse, Emphasis.ORIGINAL);
        request = request.edit(e -> e.text(new TextSettings(emphasis, 1)));
        settings.use("Clip skip", Integer::parseInt, n -> {
            TextSettings text = new TextSettings(emphasis, Math.max(1, n));
            request = request.edit(e -> e.text(text));
        });
    }

    private void hiresOrRework() {
        Rework rework = request.rework();
        settings.attempt("Hires fix", "", () -> {
            Hires hires = HiresReader.read(settings, request);
            if (hires != null && rework != null) {
                settings.note("Hires fix was left out: it belongs to pictures made from text alone.");
            } else {
                request = request.edit(e -> e.hires(hires));
            }
        });
        if (rework != null) {
            settings.attempt("A setting of the source picture", "", () -> {
                Rework read = ReworkReader.read(settings, rework);
                request = request.edit(e -> e.rework(read));
            });
            settings.attempt("SD upscale", "", () -> {
                SdUpscale read = ReworkReader.sdUpscale(settings);
                request = request.edit(e -> e.sdUpscale(read));
            });
        } else {
            if (settings.has("Denoising strength")) {
                settings.note("The picture was made from another one, which is not in the file (denoising strength %s)."
                        .formatted(settings.take("Denoising strength", "")));
            }
            ReworkReader.skip(settings);
        }
    }

    private void refiner(ModelFinder models) {
        double at = settings.takeNumber("Refiner switch at", Refiner.DEFAULT_SWITCH);
        Matcher title = TITLE.matcher(settings.take("Refiner", ""));
        if (!title.matches() || title.group(1).isEmpty()) {
            request = request.edit(e -> e.refiner(null));
            return;
        }
        Optional<Path> model = models.checkpoint(title.group(1), Objects.requireNonNullElse(title.group(2), ""));
        if (model.isEmpty()) {
            settings.note("The refiner %s is not in the model folders; the picture is made without it."
                    .formatted(title.group(1)));
        }
        settings.attempt(
                "Refiner switch at",
                Double.toString(at),
                () -> request = request.edit(
                        e -> e.refiner(model.map(path -> new Refiner(path, at)).orElse(null))));
    }

    private void others() {
        settings.use("Image CFG scale", Double::parseDouble, x -> request = request.edit(e -> e.imageCfgScale(x)));
        settings.use("Conditional mask weight", Double::parseDouble, w -> request = request.edit(e -> e.maskWeight(w)));
        boolean tiling = settings.takeFlag("Tiling");
        boolean vaeTiling = settings.takeFlag("VAE tiling");
        Profile profile = settings.take("Profile", Profile::parse, Profile.A1111);
        // True of the file it came from alone.
        List.of(
                        "Version",
                        "Batch size",
                        "Batch pos",
                        "Mask check",
                        "Strength map",
                        "Init image hash",
                        "Outpaint",
                        "Final denoising strength",
                        "Denoising curve")
                .forEach(key -> settings.take(key, ""));
        request = request.edit(
                e -> e.tiling(tiling).vaeTiling(vaeTiling).profile(profile).extras(settings.left()));
    }
}
