package gesso.sampling;

import static gesso.sampling.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Cancelled;
import gesso.request.Profile;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.SeedSettings;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs, network to latent, against references in double precision. */
class SamplingRunTest {
    private static final Goldens GOLDENS = Goldens.read("runs.txt");
    private static final double TOLERANCE = 1e-5;
    private static final StepListener NOBODY = (index, total, sigma, denoised) -> {};
    private static final FloatTensor MASK = FloatTensor.of(new float[] {1, 0, 1, 0.25f}, 1, 1, 2, 2);
    private static final FloatTensor SOURCE = source();
    private static final Guidance GUIDANCE = Guidance.of(MixtureNetwork.POSITIVE, MixtureNetwork.NEGATIVE);

    private final MixtureNetwork network = new MixtureNetwork(Prediction.EPSILON);

    private static FloatTensor source() {
        return FloatTensor.of(Float32.linspace(-1.5f, 1.2f, 16), 1, 4, 2, 2);
    }

    @ParameterizedTest
    @EnumSource
    void textToImageWithEpsilonAndV(Prediction prediction) {
        for (String name : List.of("DDIM", "DDIM CFG++", "PLMS", "UniPC", "Euler")) {
            for (int steps : new int[] {5, 7, 20}) {
                double scale = name.equals("UniPC") ? 3 : 7;
                if (prediction == Prediction.V && name.equals("UniPC")) {
                    // A1111 takes v's coefficients at whole timesteps, UniPC's are fractions: no common reference.
                    continue;
                }
                FloatTensor x = run(new MixtureNetwork(prediction).model(), settings(name, steps, scale), null, NOBODY);
                assertNear(GOLDENS.doubles(name + "," + steps), x.data(), TOLERANCE, prediction + " " + name + steps);
            }
        }
    }

    @Test
    void ddimWithNoise() {
        for (int steps : new int[] {5, 7, 20}) {
            SamplingSettings settings = settings("DDIM", steps, 7).withTuning(tuning(0.6, 0, 0));
            FloatTensor x = run(network.model(), settings, null, NOBODY);
            assertNear(GOLDENS.doubles("DDIM eta," + steps), x.data(), TOLERANCE, "steps " + steps);
        }
    }

    @Test
    void inpaintingBlendsBeforeTimestepSamplersAndAfterTheOthers() {
        for (String name : List.of("DDIM", "DDIM CFG++", "PLMS", "UniPC", "Euler")) {
            SamplingSettings settings = settings(name, 20, name.equals("UniPC") ? 3 : 5);
            FloatTensor x = new SamplingRun(
                            network.model(),
                            settings,
                            Profile.A1111,
                            GUIDANCE,
                            null,
                            noise(),
                            SOURCE,
                            StepPlan.of(Profile.A1111, 20, 0.6, false),
                            new MaskBlend(SOURCE, MASK),
                            null,
                            NOBODY)
                    .run();
            assertNear(GOLDENS.doubles("source " + name + ",20"), x.data(), TOLERANCE, name);
            assertEquals(SOURCE.data()[1], x.data()[1], "what the mask keeps stays to the bit");
        }
    }

    /** All samplers: with the same strength everywhere a strength map changes nothing, to the bit. */
    @ParameterizedTest
    @EnumSource(Sampler.class)
    void theSameStrengthEverywhereIsPlainImageToImage(Sampler sampler) {
        int[] everywhere = {8, 8, 8, 8};
        assertArrayEquals(reworked(sampler, null), reworked(sampler, new LocalStrength(SOURCE, everywhere)));
    }

    /** What has no step stays to the bit; what has fewer stays nearer than what has all, and its neighbours are made as ever. */
    @ParameterizedTest
    @EnumSource(Sampler.class)
    void whereTheMapIsBlackTheOriginalStays(Sampler sampler) {
        float[] local = reworked(sampler, new LocalStrength(SOURCE, new int[] {0, 8, 0, 0}));
        float[] whole = reworked(sampler, null);
        boolean changed = false;
        for (int i = 0; i < local.length; i++) {
            if (i % 4 != 1) {
                assertEquals(SOURCE.data()[i], local[i], sampler.label());
            }
            changed |= i % 4 == 1 && local[i] != SOURCE.data()[i];
            assertTrue(Float.isFinite(local[i]), sampler.label());
        }
        assertTrue(changed && whole.length == local.length, sampler.label());
    }

    private float[] reworked(Sampler sampler, @Nullable LocalStrength strength) {
        SamplingSettings settings = new SamplingSettings(sampler, ScheduleType.AUTOMATIC, 12, 3, SamplerTuning.DEFAULT);
        StepPlan plan = StepPlan.of(Profile.A1111, 12, 0.6, false);
        return new SamplingRun(
                        network.model(),
                        settings,
                        Profile.A1111,
                        GUIDANCE,
                        null,
                        noise(),
                        SOURCE,
                        plan,
                        null,
                        strength,
                        NOBODY)
                .run()
                .data();
    }

    /** Pixels with no turn, with the last three, with the last eight, and with all. */
    @Test
    void aStrengthMapIsDifferentialDiffusion() {
        FloatTensor x = new SamplingRun(
                        network.model(),
                        settings("Euler", 20, 5),
                        Profile.A1111,
                        GUIDANCE,
                        null,
                        noise(),
                        SOURCE,
                        StepPlan.of(Profile.A1111, 20, 0.6, false),
                        null,
                        new LocalStrength(SOURCE, new int[] {0, 3, 8, 13}),
                        NOBODY)
                .run();
        assertNear(GOLDENS.doubles("differential Euler,20"), x.data(), TOLERANCE, "differential diffusion");
    }

    /** Held pixels carry the first noise at every level, so a pixel whose turn comes late begins as plain image-to-image does. */
    @Test
    void aPixelWhoseTurnComesLateStartsFromItsOriginalUnderTheStepsNoise() {
        FloatTensor first = noise().next();
        float[][] seen = new float[1][];
        SamplingSettings settings = settings("Euler", 12, 3);
        StepPlan plan = StepPlan.of(Profile.A1111, 12, 0.6, false);
        float[] levels = SigmaSchedules.sigmas(
                ScheduleType.UNIFORM,
                Profile.A1111,
                network.model().schedule(),
                false,
                12,
                SamplerTuning.DEFAULT,
                false);
        float sigma = levels[levels.length - 1 - 3];
        DiffusionModel model = network.model();
        NoisePredictor spying = (x, t, conditioning, moment) -> {
            if (seen[0] == null && Math.abs(model.schedule().sigma((int) Math.rint(t)) - sigma) < 0.02 * sigma) {
                seen[0] = x.times(Float32.sqrt(sigma * sigma + 1)).data();
            }
            return model.network().predict(x, t, conditioning, moment);
        };
        new SamplingRun(
                        new DiffusionModel(spying, model.schedule(), model.prediction(), false),
                        settings,
                        Profile.A1111,
                        GUIDANCE,
                        null,
                        noise(),
                        SOURCE,
                        plan,
                        null,
                        new LocalStrength(SOURCE, new int[] {3, 8, 8, 8}),
                        NOBODY)
                .run();
        for (int c = 0; c < 4; c++) {
            float wanted = SOURCE.data()[4 * c] + first.data()[4 * c] * sigma;
            assertEquals(wanted, seen[0][4 * c], 1e-4 * (1 + sigma));
        }
    }

    @Test
    void diffusersAndComfyUiDoItTheirWay() {
        for (int steps : new int[] {7, 20}) {
            FloatTensor x = profileRun(Profile.DIFFUSERS, settings("DDIM", steps, 7), null, StepPlan.all(steps));
            assertNear(GOLDENS.doubles("diffusers DDIM," + steps), x.data(), TOLERANCE, "DDIM " + steps);
        }
        StepPlan plan = StepPlan.of(Profile.DIFFUSERS, 20, 0.6, false);
        FloatTensor y = profileRun(Profile.DIFFUSERS, settings("DDIM", 20, 5), SOURCE, plan);
        assertNear(GOLDENS.doubles("diffusers source DDIM,20"), y.data(), TOLERANCE, "DDIM from a source");
        SamplingSettings karras = settings("Euler", 12, 7).withSchedule(ScheduleType.KARRAS);
        FloatTensor z = profileRun(Profile.COMFYUI, karras, null, StepPlan.all(12));
        assertNear(GOLDENS.doubles("comfy Euler,12"), z.data(), TOLERANCE, "ComfyUI's start");
        FloatTensor ddim = profileRun(Profile.COMFYUI, karras.withSampler(Sampler.DDIM), null, StepPlan.all(12));
        assertArrayEquals(z.data(), ddim.data(), "ComfyUI's DDIM is its Euler");
    }

    private FloatTensor profileRun(
            Profile profile, SamplingSettings settings, @Nullable FloatTensor source, StepPlan plan) {
        return new SamplingRun(
                        network.model(), settings, profile, GUIDANCE, null, noise(), source, plan, null, null, NOBODY)
                .run();
    }

    @Test
    void theNegativePromptIsSkippedWhereAsked() {
        FloatTensor x = run(network.model(), settings("Euler", 12, 7).withTuning(tuning(null, 4, 0)), null, NOBODY);
        assertNear(GOLDENS.doubles("ngms Euler,12"), x.data(), TOLERANCE, "below a sigma, every second run");
        assertEquals(12, network.positiveRuns);
        assertTrue(network.negativeRuns < 12);
        FloatTensor y = run(network.model(), settings("Euler", 12, 7).withTuning(tuning(null, 0, 0.25)), null, NOBODY);
        assertNear(GOLDENS.doubles("early Euler,12"), y.data(), TOLERANCE, "the first quarter");
    }

    @Test
    void scaleOneRunsThePositivePromptAlone() {
        FloatTensor x = run(network.model(), settings("Euler", 9, 1), null, NOBODY);
        assertEquals(0, network.negativeRuns);
        assertEquals(9, network.positiveRuns);
        assertTrue(x.isFinite());
        run(network.model(), settings("DDIM CFG++", 9, 1), null, NOBODY);
        assertTrue(network.negativeRuns > 0, "CFG++ goes on from the negative prompt's noise");
    }

    @ParameterizedTest
    @EnumSource
    void everySamplerOnEveryScheduleGivesNumbersAndCountsItsSteps(Sampler sampler) {
        for (ScheduleType schedule : ScheduleType.values()) {
            for (int steps : new int[] {1, 3, 21}) {
                SamplingSettings settings = new SamplingSettings(sampler, schedule, steps, 4, SamplerTuning.DEFAULT);
                List<Integer> indices = new ArrayList<>();
                List<Integer> totals = new ArrayList<>();
                FloatTensor x = run(network.model(), settings, null, (index, total, sigma, denoised) -> {
                    indices.add(index);
                    totals.add(total);
                    assertTrue(denoised.isFinite() && sigma > 0);
                });
                assertTrue(x.isFinite(), schedule + " " + steps);
                for (int i = 0; i < indices.size(); i++) {
                    assertEquals(i, indices.get(i));
                    assertTrue(totals.get(i) > i);
                }
                for (Profile profile : Profile.values()) {
                    sourceRun(profile, settings, 0.01);
                    sourceRun(profile, settings, 1);
                }
            }
        }
    }

    private void sourceRun(Profile profile, SamplingSettings settings, double strength) {
        StepPlan plan = StepPlan.of(profile, settings.steps(), strength, false);
        assertTrue(profileRun(profile, settings, SOURCE, plan).isFinite(), profile + " " + settings + " " + strength);
        FloatTensor x = profileRun(profile, settings, null, StepPlan.all(settings.steps()));
        assertTrue(x.isFinite(), profile + " " + settings);
    }

    @Test
    void aListenerCanStopIt() {
        StepListener stop = (index, total, sigma, denoised) -> {
            if (index == 2) {
                throw new Cancelled();
            }
        };
        assertThrows(Cancelled.class, () -> run(network.model(), settings("Euler", 9, 7), null, stop));
        assertEquals(3, network.positiveRuns);
    }

    @Test
    void noStrengthWithExactStepsLeavesTheSource() {
        SamplingRun run = new SamplingRun(
                network.model(),
                settings("Euler", 9, 7),
                Profile.A1111,
                GUIDANCE,
                null,
                noise(),
                SOURCE,
                StepPlan.of(Profile.A1111, 9, 0, true),
                null,
                null,
                NOBODY);
        assertSame(SOURCE, run.run());
    }

    @Test
    void aPictureIsTheSameInAnyBatch() {
        for (String name : List.of("Euler a", "DPM++ 2M SDE", "DPM++ SDE", "Restart", "LCM", "DPM2 a")) {
            for (Rng rng : new Rng[] {Rng.CPU, Rng.NV, Rng.GPU}) {
                SeedSettings seeds = SeedSettings.DEFAULT.withSeed(50).withRng(rng);
                float[] inBatch = run(ImageNoise.of(seeds, 3, 4, 4, 3, 3), settings(name, 21, 7), null, NOBODY);
                float[] alone =
                        run(ImageNoise.of(seeds.withSeed(53), 0, 1, 4, 3, 3), settings(name, 21, 7), null, NOBODY);
                assertArrayEquals(alone, inBatch, name + " " + rng);
            }
        }
    }

    private FloatTensor run(
            DiffusionModel model, SamplingSettings settings, @Nullable LatentBlend blend, StepListener listener) {
        return new SamplingRun(
                        model,
                        settings,
                        Profile.A1111,
                        GUIDANCE,
                        null,
                        noise(),
                        null,
                        StepPlan.all(settings.steps()),
                        blend,
                        null,
                        listener)
                .run();
    }

    private float[] run(
            ImageNoise noise, SamplingSettings settings, @Nullable LatentBlend blend, StepListener listener) {
        StepPlan plan = StepPlan.all(settings.steps());
        return new SamplingRun(
                        network.model(),
                        settings,
                        Profile.A1111,
                        GUIDANCE,
                        null,
                        noise,
                        null,
                        plan,
                        blend,
                        null,
                        listener)
                .run()
                .data();
    }

    private static ImageNoise noise() {
        return ImageNoise.of(SeedSettings.DEFAULT.withSeed(1234).withRng(Rng.CPU), 0, 1, 4, 2, 2);
    }

    private static SamplingSettings settings(String sampler, int steps, double scale) {
        return new SamplingSettings(
                Sampler.parse(sampler), ScheduleType.AUTOMATIC, steps, scale, SamplerTuning.DEFAULT);
    }

    private static SamplerTuning tuning(@Nullable Double eta, double ngms, double early) {
        return new SamplerTuning(eta, 0, 0, 0, 1, null, null, null, false, ngms, early, 0);
    }
}
