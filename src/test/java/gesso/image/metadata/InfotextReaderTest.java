package gesso.image.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.image.metadata.InfotextReader.Reading;
import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.Refiner;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.SdUpscale;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.TextSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfotextReaderTest {
    private static final GenerationRequest BEFORE =
            GenerationRequest.of("old", Path.of("m.safetensors"), new Size(512, 512));

    /** Model folders with nothing in them. */
    private static final ModelFinder NOTHING = new ModelFinder() {
        @Override
        public Optional<Path> checkpoint(String name, String hash) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> vae(String name, String hash) {
            return Optional.empty();
        }
    };

    /** One model, whatever is asked for. */
    private static final ModelFinder ONE = new ModelFinder() {
        @Override
        public Optional<Path> checkpoint(String name, String hash) {
            return Optional.of(Path.of(name + "+" + hash));
        }

        @Override
        public Optional<Path> vae(String name, String hash) {
            return Optional.empty();
        }
    };

    @Test
    void aRefinerIsFoundByItsNameAndHash() {
        String text = "new\nSteps: 20, Sampler: Euler a, CFG scale: 7, Image CFG scale: 1.8, "
                + "Refiner: sd_xl_refiner_1.0 [7440042bbd], Refiner switch at: 0.7, Version: v1.10.1";
        GenerationRequest read =
                InfotextReader.apply(Infotext.parse(text), BEFORE, ONE).request();
        assertEquals(new Refiner(Path.of("sd_xl_refiner_1.0+7440042bbd"), 0.7), read.refiner());
        assertEquals(1.8, read.imageCfgScale());
        assertEquals(Map.of(), read.extras());
        Reading without = InfotextReader.apply(Infotext.parse(text), read, NOTHING);
        assertNull(without.request().refiner());
        assertTrue(
                without.notes().get(0).contains("sd_xl_refiner_1.0"),
                without.notes().toString());
    }

    private static Reading read(String settings) {
        return InfotextReader.apply(Infotext.parse("new\n" + settings), BEFORE, NOTHING);
    }

    private static String write(GenerationRequest request) {
        return InfotextWriter.write(new GeneratedPicture(
                        new Picture(1, 1, new int[1]),
                        request,
                        0,
                        new GeneratedPicture.ModelIdentity("m", "0123456789", true),
                        Map.of()))
                .text();
    }

    @ParameterizedTest
    @CsvSource({
        "DPM++ 2M Karras, DPM++ 2M, Karras",
        "DPM++ 2M SDE Karras, DPM++ 2M SDE, Karras",
        "DPM++ 2M SDE Exponential, DPM++ 2M SDE, Exponential",
        "DPM++ 2M SDE Heun Karras, DPM++ 2M SDE Heun, Karras",
        "DPM++ 3M SDE Exponential, DPM++ 3M SDE, Exponential",
        "DPM2 a Karras, DPM2 a, Karras",
        "LMS Karras, LMS, Karras",
        "Euler a, Euler a, Automatic",
        "euler A, Euler a, Automatic",
        "DPM++ 2M SDE Heun, DPM++ 2M SDE Heun, Automatic",
        "k_euler_a, Euler a, Automatic",
        "k_dpmpp_2m_ka, DPM++ 2M, Karras",
        "DPM++ 2M SGM Uniform, DPM++ 2M, SGM Uniform",
        "UniPC, UniPC, Automatic",
    })
    void oldLabelsParse(String label, String sampler, String schedule) {
        Reading reading = read("Steps: 20, Sampler: " + label + ", Seed: 1");
        assertEquals(sampler, reading.request().sampling().sampler().label());
        assertEquals(schedule, reading.request().sampling().schedule().label());
        assertEquals(List.of(), reading.notes());
    }

    @Test
    void aScheduleOfItsOwnWinsOverTheLabels() {
        Reading reading = read("Steps: 20, Sampler: DPM++ 2M Karras, Schedule type: Beta, Seed: 1");
        assertEquals(ScheduleType.BETA, reading.request().sampling().schedule());
    }

    @Test
    void promptAloneKeepsTheSettings() {
        GenerationRequest seeded = BEFORE.withSeeds(SeedSettings.DEFAULT.withRng(Rng.CPU));
        Reading reading = InfotextReader.apply(Infotext.parse("new\nNegative prompt: no"), seeded, NOTHING);
        assertEquals(seeded.edit(e -> e.prompt("new").negativePrompt("no")), reading.request());
    }

    @Test
    void absentIsA1111sDefault() {
        GenerationRequest set = BEFORE.edit(e -> e.text(new TextSettings(Emphasis.NO_NORM, 2))
                .hires(Hires.DEFAULT)
                .tiling(true)
                .vaeTiling(true)
                .profile(Profile.COMFYUI)
                .sampling(new SamplingSettings(
                        Sampler.HEUN,
                        ScheduleType.KARRAS,
                        33,
                        9,
                        new SamplerTuning(0.3, 1, 0, 0, 1, 0.1, 9.0, 3.0, true, 2, 0.1, 0.5)))
                .seeds(new SeedSettings(4, Rng.CPU, 5, 0.5, new Size(64, 64), 9)));
        GenerationRequest read = InfotextReader.apply(Infotext.parse("new\nfoo: 1, bar: 2, Seed: 3"), set, NOTHING)
                .request();
        GenerationRequest expected = BEFORE.edit(e -> e.prompt("new")
                .sampling(new SamplingSettings(Sampler.HEUN, ScheduleType.AUTOMATIC, 33, 9, SamplerTuning.DEFAULT))
                .seeds(SeedSettings.DEFAULT.withSeed(3))
                .extras(Map.of("foo", "1", "bar", "2")));
        assertEquals(expected, read);
    }

    @Test
    void unknownKeysAreWrittenBackInOrder() {
        Reading reading = read(
                "Steps: 20, Sampler: Euler, CFG scale: 7.5, Seed: 1, Size: 64x64, Token merging ratio: 0.4, RNG: CPU, "
                        + "Lora hashes: \"a: 1, b: 2\", ControlNet 0: \"Module: canny, Weight: 1\", 画风: 水墨, Version: v1.9.4");
        assertEquals(
                "new\nSteps: 20, Sampler: Euler, Schedule type: Automatic, CFG scale: 7.5, Seed: 1, Size: 64x64, "
                        + "Model hash: 0123456789, Model: m, Conditional mask weight: 1, Token merging ratio: 0.4, RNG: CPU, "
                        + "Lora hashes: \"a: 1, b: 2\", 画风: 水墨, Version: gesso 0.1.0",
                write(reading.request()));
    }

    @Test
    void whatDoesNotFitIsSaidAndChangesNothing() {
        Reading reading = read(
                "Steps: 900, Sampler: TCD, Schedule type: Turbo, CFG scale: x, Seed: -7, Size: 513x512, Model: gone, VAE: v.pt, Clip skip: 99, Eta: 3");
        assertEquals(BEFORE.sampling(), reading.request().sampling());
        assertEquals(BEFORE.size(), reading.request().size());
        assertEquals(BEFORE.model(), reading.request().model());
        assertEquals(10, reading.notes().size(), reading.notes().toString());
        assertTrue(reading.notes().contains("The model gone is not in the model folders; m.safetensors stays chosen."));
    }

    @ParameterizedTest
    @CsvSource({
        "Euler, , 0, false",
        "Euler, , 2, true",
        "Euler a, , 0, true",
        "Euler a, 0, 0, false",
        "DDIM, , 0, false",
        "DPM2 a, 0.5, 0, true"
    })
    void ensdIsWrittenWhereItIsUsed(String sampler, @Nullable Double eta, double churn, boolean written) {
        GenerationRequest request = BEFORE.edit(e -> e.sampling(SamplingSettings.DEFAULT
                        .withSampler(Sampler.parse(sampler))
                        .withTuning(new SamplerTuning(eta, churn, 0, 0, 1, null, null, null, false, 0, 0, 0)))
                .seeds(new SeedSettings(1, Rng.GPU, SeedSettings.RANDOM, 0, null, 31337)));
        assertEquals(written, write(request).contains("ENSD: 31337"));
    }

    @Test
    void hiresInAllItsForms() {
        Hires full = hires(
                "Denoising strength: 0.45, Hires resize: 1024x768, Hires steps: 8, Hires upscaler: Lanczos, Hires sampler: DPM++ 2M, "
                        + "Hires schedule type: Karras, Hires prompt: \"a, b\", Hires negative prompt: c, Hires CFG Scale: 5");
        assertEquals(
                new Hires(
                        2,
                        new Size(1024, 768),
                        "Lanczos",
                        8,
                        0.45,
                        Sampler.DPMPP_2M,
                        ScheduleType.KARRAS,
                        5,
                        "a, b",
                        "c"),
                full);
        assertEquals(
                new Size(1024, 2048),
                Objects.requireNonNull(hires("Denoising strength: 0.45, Hires resize: 1024x0"))
                        .size());
        assertNull(hires("Denoising strength: 0.45"));
    }

    private static @Nullable Hires hires(String settings) {
        return read("Steps: 20, Sampler: Euler, Size: 512x1024, " + settings)
                .request()
                .hires();
    }

    @Test
    void hiresOf2022() {
        GenerationRequest told = read("Steps: 20, Size: 1024x768, Denoising strength: 0.7, First pass size: 640x512")
                .request();
        assertEquals(new Size(640, 512), told.size());
        assertEquals(new Size(1024, 768), Objects.requireNonNull(told.hires()).size());
        // sqrt(512² / (1024·768)) = 0.577: 591 and 443, rounded up to 64s
        GenerationRequest chosen = read("Steps: 20, Size: 1024x768, Denoising strength: 0.7, First pass size: 0x0")
                .request();
        assertEquals(new Size(640, 448), chosen.size());
    }

    @Test
    void aPictureMadeFromAnotherSaysSo() {
        Reading reading = read("Steps: 20, Seed: 3, Denoising strength: 0.6, Mask blur: 4, Masked content: fill");
        assertEquals(1, reading.notes().size());
        assertEquals(Map.of(), reading.request().extras());
    }

    /** Whatever a request says of a picture made from text comes back from its text. */
    @Test
    void randomRequestsComeBack() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            GenerationRequest request = random(random);
            Reading reading = InfotextReader.apply(Infotext.parse(write(request)), BEFORE, NOTHING);
            assertEquals(request, reading.request(), write(request));
        }
    }

    /** The settings of SD upscale and of an upscaler come back for the source that is there, and are left out where there is none. */
    @Test
    void whatEnlargesTheSourceComesBack() {
        Picture source = new Picture(1, 1, new int[1]);
        Rework rework = new Rework(source, ResizeMode.CROP_AND_RESIZE, 0.4, true, true, null).withUpscaler("4x-Foo");
        GenerationRequest now =
                BEFORE.edit(e -> e.rework(new Rework(source, ResizeMode.JUST_RESIZE, 0.75, false, false, null)));
        for (@Nullable SdUpscale asked : new @Nullable SdUpscale[] {null, new SdUpscale(1.5, 32, "R-ESRGAN 4x+")}) {
            GenerationRequest request = now.edit(e -> e.rework(rework).sdUpscale(asked));
            String text = write(request);
            assertEquals(
                    asked != null, text.contains("SD upscale overlap: 32, SD upscale upscaler: R-ESRGAN 4x+"), text);
            GenerationRequest read =
                    InfotextReader.apply(Infotext.parse(text), now, NOTHING).request();
            assertEquals(rework, read.rework());
            assertEquals(asked, read.sdUpscale());
            assertEquals(Map.of(), read.extras());
            Reading without = InfotextReader.apply(Infotext.parse(text), BEFORE, NOTHING);
            assertNull(without.request().sdUpscale());
            assertEquals(Map.of(), without.request().extras());
        }
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static GenerationRequest random(Random random) {
        Infotext texts = RandomTexts.infotext(random);
        boolean varied = random.nextBoolean();
        ScheduleType schedule =
                any(random, new ScheduleType[] {ScheduleType.UNIFORM, ScheduleType.KARRAS, ScheduleType.BETA});
        Sampler sampler =
                any(random, new Sampler[] {Sampler.EULER_A, Sampler.DPMPP_2M_SDE, Sampler.DDIM, Sampler.HEUN});
        boolean eta = sampler != Sampler.HEUN && random.nextBoolean();
        boolean churn = sampler == Sampler.HEUN && random.nextBoolean();
        boolean second = random.nextBoolean();
        boolean weighted = (texts.prompt() + texts.negativePrompt()).matches("(?s).*[(\\[].*");
        return BEFORE.edit(e -> e.prompt(texts.prompt())
                .negativePrompt(texts.negativePrompt())
                .size(new Size(64 + 8 * random.nextInt(100), 64 + 8 * random.nextInt(100)))
                .sampling(new SamplingSettings(
                        sampler,
                        schedule,
                        1 + random.nextInt(150),
                        1 + random.nextInt(59) / 2.0,
                        new SamplerTuning(
                                eta ? 0.25 : null,
                                churn ? 1.5 : 0,
                                churn ? 0.5 : 0,
                                churn ? 7 : 0,
                                churn ? 1.003 : 1,
                                random.nextBoolean() ? 0.05 : null,
                                random.nextBoolean() ? 12.0 : null,
                                random.nextBoolean() ? 5.0 : null,
                                random.nextBoolean(),
                                random.nextInt(3),
                                random.nextInt(2) / 4.0,
                                random.nextInt(2) * 0.7)))
                .seeds(new SeedSettings(
                        random.nextInt(1 << 30),
                        any(random, Rng.values()),
                        varied ? random.nextInt(1000) : SeedSettings.RANDOM,
                        varied ? 0.3 : 0,
                        random.nextBoolean() ? new Size(64, 96) : null,
                        sampler == Sampler.EULER_A && !eta ? 31337 : 0))
                .text(new TextSettings(
                        weighted ? any(random, Emphasis.values()) : Emphasis.ORIGINAL, 1 + random.nextInt(4)))
                .hires(
                        second
                                ? new Hires(
                                        1.5, null, "Latent", 3, 0.5, Sampler.LMS, ScheduleType.SIMPLE, 0, "x, y", "")
                                : null)
                .maskWeight(random.nextInt(5) / 4.0)
                .tiling(random.nextBoolean())
                .vaeTiling(random.nextBoolean())
                .profile(any(random, Profile.values())));
    }
}
