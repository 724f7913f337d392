package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.FamilyCheckpoints;
import gesso.image.GeneratedPicture;
import gesso.prompt.ClipTokenizer;
import gesso.prompt.PromptPlan;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Profile;
import gesso.request.Refiner;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.TextSettings;
import gesso.runtime.Device;
import gesso.runtime.Models;
import gesso.sampling.Conditioning;
import gesso.sampling.ConditioningSchedule;
import gesso.sampling.Guidance;
import gesso.sampling.StepPlan;
import gesso.tensor.FloatTensor;
import gesso.weights.SafetensorsFile;
import gesso.weights.Weight;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What prompts and sizes become, and latents, against A1111's formulas in torch (src/test/goldens/families/a1111.py). */
class FamilyConditioningTest {
    private static final ClipTokenizer TOKENIZER =
            ClipTokenizer.load(Path.of(System.getProperty("gesso.assets")).resolve("tokenizer/clip-merges.txt.gz"));

    private static final Size SIZE = new Size(128, 64);
    private static final SafetensorsFile GOLDENS =
            SafetensorsFile.open(Path.of("src/test/resources/families/a1111.safetensors"));

    @TempDir
    static Path folder;

    private final FamilyCheckpoints checkpoints = new FamilyCheckpoints(folder);
    private final Models models = new Models(Device.CPU, Long.MAX_VALUE, new Models.Listener() {
        @Override
        public void loading(String network) {}

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }
    });
    private final TextConditioner conditioner = new TextConditioner(models, TOKENIZER);

    @AfterEach
    void close() {
        models.close();
    }

    private static FloatTensor golden(String name) {
        Weight weight = Objects.requireNonNull(GOLDENS.weights().get(name), name);
        FloatBuffer values = FloatBuffer.allocate((int) weight.elements());
        GOLDENS.read(weight, values);
        int[] shape = new int[weight.shape().length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = (int) weight.shape()[i];
        }
        return FloatTensor.of(values.array(), shape);
    }

    /** The largest difference over the largest value. */
    private static double error(FloatTensor wanted, @Nullable FloatTensor made) {
        if (made == null || !wanted.sameShape(made)) {
            throw new AssertionError("another shape");
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.size(); i++) {
            largest = Math.max(largest, Math.abs(wanted.data()[i]));
            difference = Math.max(difference, Math.abs(wanted.data()[i] - made.data()[i]));
        }
        return largest == 0 ? difference : difference / largest;
    }

    private Guidance guidance(String model, String prompt, String negative, Profile profile) {
        return conditioner.guidance(
                Checkpoint.open(checkpoints.file(model), null),
                PromptPlan.of(prompt, 8),
                PromptPlan.negative(negative, 8),
                SIZE,
                profile,
                TextSettings.DEFAULT,
                new CancelToken());
    }

    private static Conditioning first(ConditioningSchedule schedule) {
        return schedule.entries().get(0).conditioning();
    }

    @ParameterizedTest
    @CsvSource({
        "sdxl, '(red apple:1.3), white background BREAK [fox]', owl, 154",
        "refiner, sailboat, '', 77",
    })
    void promptsAndSizeAreWhatTorchMakesOfThem(String model, String prompt, String negative, int tokens) {
        Guidance guidance = guidance(model, prompt, negative, Profile.A1111);
        Conditioning with = first(guidance.positive().get(0).schedule());
        Conditioning without = first(guidance.negative());
        assertEquals(tokens, with.context().dim(1));
        String name = "a1111-" + model;
        assertTrue(error(golden(name + ".positive.context"), with.context()) < 1e-5);
        assertTrue(error(golden(name + ".negative.context"), without.context()) < 1e-5);
        assertTrue(error(golden(name + ".positive.vector"), with.vector()) < 1e-5);
        assertTrue(error(golden(name + ".negative.vector"), without.vector()) < 1e-5);
    }

    @Test
    void noNegativePromptIsZerosWhereTheProgramHasItSo() {
        assertTrue(isZero("sdxl", Profile.A1111));
        assertTrue(isZero("sdxl", Profile.DIFFUSERS));
        assertTrue(!isZero("sdxl", Profile.COMFYUI));
        assertTrue(isZero("refiner", Profile.A1111));
        assertTrue(!isZero("refiner", Profile.DIFFUSERS));
        assertTrue(!isZero("sd2", Profile.A1111));
        assertNull(first(guidance("sd2", "owl", "", Profile.A1111).negative()).vector());
    }

    private boolean isZero(String model, Profile profile) {
        FloatTensor context =
                first(guidance(model, "owl", "", profile).negative()).context();
        return Arrays.equals(new float[context.size()], context.data());
    }

    @ParameterizedTest
    @CsvSource({
        "a1111-sdxl, sdxl, '(red apple:1.3), white background BREAK [fox]', owl,",
        "a1111-refiner, refiner, sailboat, '',",
        "a1111-switch, sdxl, sailboat, '', refiner",
        "a1111-sd2, sd2, 'lemon, (green)', '',",
    })
    void latentsAreWhatTorchMakes(String name, String model, String prompt, String negative, @Nullable String refiner) {
        Checkpoint checkpoint = Checkpoint.open(checkpoints.file(model), null);
        Checkpoint second = refiner == null ? null : Checkpoint.refiner(checkpoints.file(refiner), null, checkpoint);
        SamplingSettings settings =
                new SamplingSettings(Sampler.EULER, ScheduleType.UNIFORM, 8, 4, SamplerTuning.DEFAULT);
        GenerationRequest request = GenerationRequest.of(
                        prompt, checkpoint.file().path(), SIZE)
                .withSampling(settings)
                .withSeeds(SeedSettings.DEFAULT.withSeed(name.length()).withRng(Rng.CPU))
                .edit(e -> e.refiner(
                        second == null ? null : new Refiner(second.file().path(), 0.6)));
        PassRunner passes = new PassRunner(
                models,
                new PassGuidance(conditioner, request, new CancelToken()),
                new PredictionMemory(),
                checkpoint,
                second,
                new Controls(
                        models,
                        request,
                        checkpoint,
                        new LearnedDrawing(models, NetworkLibrary.EMPTY, new CancelToken()),
                        new CancelToken()),
                new ExtraNetworks(
                        checkpoint,
                        NetworkLibrary.EMPTY,
                        new NetworkHashes(),
                        TOKENIZER,
                        request.profile(),
                        notice -> {}),
                request,
                new CancelToken(),
                new Deaf());
        Pass pass =
                new Pass(SIZE, SIZE, prompt, negative, settings, null, StepPlan.all(8), null, null, null, false, 0, 8);
        assertTrue(error(golden(name + ".latent"), passes.run(pass, 0)) < 1e-4, name);
        assertEquals(second == null ? checkpoint : second, passes.finisher());
    }

    /** Hears nothing. */
    private static final class Deaf implements Engine.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void progress(String what, int done, int total) {}

        @Override
        public void step(Engine.Step step) {
            assertEquals(16, step.preview().get().width());
        }

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {}

        @Override
        public void notice(String sentence) {}
    }
}
