package gesso.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestValuesTest {
    private static final Path MODEL = Path.of("model.safetensors");
    private static final GenerationRequest PLAIN = GenerationRequest.of("", MODEL, new Size(512, 512));
    private static final Picture SOURCE = new Picture(1, 1, new int[] {0xFF102030});
    private static final Picture MASK = new Picture(1, 1, new int[] {0xFFFFFFFF});
    private static final Inpaint INPAINT =
            new Inpaint(MASK, 4, MaskMode.MASKED, MaskedContent.ORIGINAL, InpaintArea.WHOLE_PICTURE, 32, null);
    private static final Rework REWORK = new Rework(SOURCE, ResizeMode.JUST_RESIZE, 0.75, false, false, INPAINT);

    /** Every value that has a name is other than at the start. */
    private static GenerationRequest changed() {
        return PLAIN.edit(e -> e.prompt("a fox, \"red\"\n狐")
                .negativePrompt("blur")
                .size(new Size(640, 384))
                .batch(3, 5)
                .sampling(new SamplingSettings(
                        Sampler.DPM2_A,
                        ScheduleType.KL_OPTIMAL,
                        31,
                        3.5,
                        new SamplerTuning(0.25, 1.5, 0.5, 20, 1.05, 0.03, 12.5, 6.5, true, 2.5, 0.1, 0.7)))
                .seeds(new SeedSettings(4_294_967_297L, Rng.NV, 17, 0.4, new Size(256, 320), -31337))
                .text(new TextSettings(Emphasis.NO_NORM, 2))
                .imageCfgScale(2.5)
                .maskWeight(0.35)
                .tiling(true)
                .vaeTiling(true)
                .profile(Profile.COMFYUI)
                .extras(Map.of("Lora hashes", "a: 1, b: 2")));
    }

    private static final Hires HIRES = new Hires(
            1.5, new Size(1024, 768), "Lanczos", 7, 0.45, Sampler.DDIM, ScheduleType.BETA, 2.5, "larger", "smaller");

    private static final SdUpscale SD_UPSCALE = new SdUpscale(1.5, 32, "4x-Foo");

    private static final SoftInpainting SOFT = new SoftInpainting(2, 1, 8, 0.5, 1, 3);

    private static GenerationRequest changedHires() {
        return changed().edit(e -> e.hires(HIRES));
    }

    private static GenerationRequest changedRework() {
        Inpaint inpaint = new Inpaint(
                MASK, 9, MaskMode.NOT_MASKED, MaskedContent.LATENT_NOISE, InpaintArea.ONLY_MASKED, 48, SOFT);
        Rework rework =
                new Rework(SOURCE, ResizeMode.RESIZE_AND_FILL, 0.65, true, true, inpaint, 99L).withUpscaler("4x-Foo");
        return changed().edit(e -> e.rework(rework).sdUpscale(SD_UPSCALE));
    }

    @Test
    void nothingIsLost() {
        GenerationRequest withPictures = PLAIN.edit(e -> e.rework(REWORK));
        assertEquals(changed(), RequestValues.apply(RequestValues.of(changed()), PLAIN));
        assertEquals(changedHires(), RequestValues.apply(RequestValues.of(changedHires()), PLAIN));
        assertEquals(changedRework(), RequestValues.apply(RequestValues.of(changedRework()), withPictures));
        assertEquals(PLAIN, RequestValues.apply(RequestValues.of(PLAIN), changedHires()));
    }

    /** A new component that is forgotten here, or in the values, makes this red. */
    @Test
    void theTestChangesEverything() {
        List<String> filesAndGroups = List.of(
                "model",
                "vae",
                "source",
                "mask",
                "refiner",
                "hires",
                "rework",
                "sdUpscale",
                "inpaint",
                "soft",
                "controls",
                "strengthMap",
                "turns");
        assertDiffers(PLAIN, changedHires(), filesAndGroups);
        assertDiffers(PLAIN.edit(e -> e.rework(REWORK)), changedRework(), filesAndGroups);
        assertDiffers(Hires.DEFAULT, HIRES, List.of());
        assertDiffers(SoftInpainting.DEFAULT, SOFT, List.of());
        assertDiffers(SdUpscale.DEFAULT, SD_UPSCALE, List.of());
    }

    private static void assertDiffers(Record from, Record to, List<String> left) {
        for (RecordComponent component : from.getClass().getRecordComponents()) {
            Object before = value(component, from);
            Object after = value(component, to);
            if (before instanceof Record a
                    && after instanceof Record b
                    && a.getClass().getRecordComponents().length > 1
                    && !(before instanceof Picture)
                    && !(before instanceof Size)) {
                assertDiffers(a, b, left);
            } else if (!left.contains(component.getName())) {
                assertNotEquals(before, after, from.getClass().getSimpleName() + "." + component.getName());
            }
        }
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void aFewValuesChangeNothingElse() {
        GenerationRequest from = changedRework();
        GenerationRequest to = RequestValues.apply(Map.of("steps", 30, "cfg", 15, "denoise", 0.65), from);
        assertEquals(from.withSampling(from.sampling().withSteps(30).withCfgScale(15)), to);
    }

    @Test
    void aRefinersModelStaysAndItsSwitchIsAValue() {
        GenerationRequest late = PLAIN.edit(e -> e.refiner(new Refiner(MODEL, 0.9)));
        GenerationRequest early = PLAIN.edit(e -> e.refiner(new Refiner(MODEL, 0.4)));
        assertEquals(early, RequestValues.apply(RequestValues.of(early), late));
        assertEquals(PLAIN, RequestValues.apply(RequestValues.of(early), PLAIN));
    }

    /** A preset for reworking can be chosen before there is a picture. */
    @Test
    void whatBelongsToAPictureWaitsForOne() {
        assertEquals(PLAIN, RequestValues.apply(Map.of("mask-blur", 9, "resize-mode", "Crop and resize"), PLAIN));
    }

    @ParameterizedTest
    @CsvSource({"steps, 0", "steps, 2.5", "steps, 1e300", "cfg, NaN", "seed, -2", "ensd, 3e9", "mask-weight, 1.01"})
    void numbersOutOfRangeAreRefusedByName(String field, double value) {
        InvalidRequest refused =
                assertThrows(InvalidRequest.class, () -> RequestValues.apply(Map.of(field, value), PLAIN));
        assertEquals(field, refused.field());
    }

    @ParameterizedTest
    @CsvSource({"steps, many", "tiling, yes", "prompt,", "size, 512", "sampler, Eulr", "extras, text", "cfg, 7"})
    void valuesOfAnotherKindAreRefusedByName(String field, String value) {
        Map<String, Object> values = new HashMap<>();
        values.put(field, value);
        InvalidRequest refused = assertThrows(InvalidRequest.class, () -> RequestValues.apply(values, PLAIN));
        assertEquals(field, refused.field());
    }
}
