package gesso.ui.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.InvalidRequest;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.SoftInpainting;
import gesso.request.TextSettings;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import gesso.ui.generate.SizeModel.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipeModelTest {
    private static final Path MODEL = Path.of("/models/m.safetensors");
    private static final Path LARGE = Path.of("/models/large.safetensors");

    private final RecipeModel recipe = new RecipeModel();

    RecipeModelTest() {
        recipe.setModels(new ModelChoices(
                List.of(
                        new Checkpoint("m", MODEL, new Size(512, 512), "Stable Diffusion 1", false),
                        new Checkpoint("large", LARGE, new Size(1024, 1024), "Stable Diffusion 1", false)),
                List.of(),
                Map.of(),
                Path.of("/models")));
    }

    @Test
    void whatHasNoControlStaysWithItsPromptAlone() {
        GenerationRequest read = GenerationRequest.of("a fox", MODEL, new Size(512, 512))
                .edit(edit -> edit.extras(Map.of("Token merging ratio", "0.5")));
        recipe.use(read);
        assertEquals(read.extras(), recipe.request().orElseThrow().extras());
        recipe.prompt().set("a cat");
        assertEquals(Map.of(), recipe.request().orElseThrow().extras());
    }

    @Test
    void untouchedControlsAskForTheDefaults() {
        assertEquals(
                GenerationRequest.of("", MODEL, new Size(512, 512)),
                recipe.request().orElseThrow());
    }

    @Test
    void everySettingOfARequestComesBackFromTheControls() {
        GenerationRequest asked = GenerationRequest.of("狐狸, (fox:1.2)", LARGE, new Size(640, 448))
                .edit(edit -> edit.negativePrompt("blurry")
                        .vae(Path.of("/models/v.safetensors"))
                        .batch(3, 4)
                        .sampling(new SamplingSettings(
                                Sampler.DPMPP_SDE,
                                ScheduleType.BETA,
                                31,
                                4.25,
                                new SamplerTuning(0.7, 1.5, 0.25, 12, 1.003, 0.03, 14.6, 6.5, true, 2.5, 0.1, 0.7)))
                        .seeds(new SeedSettings(1234567890123L, Rng.CPU, 77, 0.35, new Size(512, 384), 31337))
                        .text(new TextSettings(Emphasis.NO_NORM, 2))
                        .hires(new Hires(
                                1.75,
                                new Size(1280, 896),
                                "4x-Foo",
                                12,
                                0.45,
                                Sampler.EULER,
                                ScheduleType.SIMPLE,
                                5.5,
                                "detailed fox",
                                "smooth"))
                        .tiling(true)
                        .vaeTiling(true)
                        .profile(Profile.COMFYUI)
                        .extras(Map.of("Lora hashes", "ink: 0123")));
        recipe.use(asked);
        assertEquals(asked, recipe.request().orElseThrow());

        GenerationRequest plain = GenerationRequest.of("plain", MODEL, new Size(512, 512));
        recipe.use(plain);
        assertEquals(plain, recipe.request().orElseThrow());
    }

    @Test
    void theRangesOfTheControlsAreThoseOfTheRequest() {
        recipe.hires().on().set(true);
        recipe.refiner().model().set(Optional.of(LARGE));
        List<Setting> fromText = new ArrayList<>(recipe.settings());
        fromText.removeAll(recipe.rework().settings());
        assertTrue(checkRanges(fromText) >= 20);
    }

    @Test
    void soAreThoseOfAPictureToStartFromAndItsMask() {
        recipe.rework().sourceProperty().set(SourcePicture.of(new Picture(1, 1, new int[1])));
        recipe.rework().inpaint().maskProperty().set(SourcePicture.of(new Picture(1, 1, new int[1])));
        recipe.rework().inpaint().soft().set(true);
        recipe.rework().sdUpscale().on().set(true);
        assertEquals(14, checkRanges(recipe.rework().settings()));
    }

    /** @return how many numbers there were */
    private int checkRanges(List<Setting> settings) {
        List<NumberSetting> numbers = new ArrayList<>();
        for (Setting setting : settings) {
            // Widths and heights have a step too, and the sides a seed or an enlargement comes from are not a request's
            // own.
            if (setting instanceof NumberSetting number
                    && !number.name().contains("width")
                    && !number.name().contains("height")
                    && !number.name().equals("ensd")) {
                numbers.add(number);
            }
        }
        for (NumberSetting number : numbers) {
            for (double end : new double[] {number.low(), number.high()}) {
                number.set(end);
                assertTrue(
                        recipe.request().isPresent(),
                        () -> number + ": " + number.problemProperty().get());
            }
            for (double beyond : new double[] {number.low() - 1, number.high() + 1}) {
                number.set(beyond);
                assertTrue(recipe.request().isEmpty(), number::toString);
                assertSame(number, recipe.wrongProperty().get());
                InvalidRequest refusal = assertThrows(
                        InvalidRequest.class,
                        () -> new RequestForm(recipe).build(recipe.model().chosen()));
                assertEquals(number.name().replace("rework-", ""), refusal.field());
            }
            number.reset();
        }
        return numbers.size();
    }

    @Test
    void aPictureToStartFromAndItsMaskComeBackFromTheControls() {
        Picture source = new Picture(2, 1, new int[] {1, 2});
        Picture mask = new Picture(2, 1, new int[] {-1, 0xff000000});
        Inpaint inpaint = new Inpaint(
                mask,
                7,
                MaskMode.NOT_MASKED,
                MaskedContent.LATENT_NOTHING,
                InpaintArea.ONLY_MASKED,
                64,
                new SoftInpainting(1.5, 0.25, 8, 0.1, 1, 3));
        GenerationRequest asked = GenerationRequest.of("a fox", MODEL, new Size(512, 512))
                .edit(edit -> edit.maskWeight(0.35)
                        .rework(new Rework(source, ResizeMode.CROP_AND_RESIZE, 0.65, true, true, inpaint, 9L)));
        recipe.use(asked);
        assertEquals(asked, recipe.request().orElseThrow());
        SourcePicture shown = recipe.rework().sourceProperty().get();
        assertNotNull(shown);
        assertSame(source, shown.picture());

        GenerationRequest unmasked = asked.edit(
                edit -> edit.rework(new Rework(source, ResizeMode.JUST_RESIZE, 0.75, false, false, null, null)));
        recipe.use(unmasked);
        assertEquals(unmasked, recipe.request().orElseThrow());

        recipe.rework().clear();
        assertNull(recipe.request().orElseThrow().rework());
    }

    @Test
    void aPictureThatIsReworkedHasNoSecondPass() {
        recipe.hires().on().set(true);
        assertNotNull(recipe.request().orElseThrow().hires());
        recipe.rework().sourceProperty().set(SourcePicture.of(new Picture(1, 1, new int[1])));
        assertNull(recipe.request().orElseThrow().hires());
        Rework rework = recipe.request().orElseThrow().rework();
        assertNotNull(rework);
        assertEquals(0.75, rework.denoisingStrength());
    }

    @Test
    void aSizeOffTheGridIsSaidAtItsField() {
        recipe.size().height().read("130");
        assertTrue(recipe.request().isEmpty());
        assertSame(recipe.size().height(), recipe.wrongProperty().get());
        assertNotNull(recipe.size().height().problemProperty().get());
    }

    @Test
    void withoutAModelThereIsTroubleAndNoRequest() {
        RecipeModel empty = new RecipeModel();
        empty.setModels(new ModelChoices(List.of(), List.of(), Map.of(), Path.of("/models")));
        assertTrue(empty.request().isEmpty());
        assertNotNull(empty.troubleProperty().get());
    }

    @Test
    void anUntouchedSizeFollowsTheModel() {
        recipe.model().set(recipe.model().choices().get(1));
        assertEquals(new Size(1024, 1024), recipe.request().orElseThrow().size());
        recipe.size().use(Shape.PORTRAIT);
        assertEquals(new Size(832, 1216), recipe.request().orElseThrow().size());
        recipe.size().swap();
        assertEquals(new Size(1216, 832), recipe.request().orElseThrow().size());
        recipe.model().set(recipe.model().choices().get(0));
        assertEquals(new Size(1216, 832), recipe.request().orElseThrow().size());
    }

    @Test
    void minusOneAndNothingAreARandomSeed() {
        recipe.seed().read("-1");
        assertEquals(SeedSettings.RANDOM, recipe.request().orElseThrow().seeds().seed());
        recipe.useSeed(42);
        assertEquals(42, recipe.request().orElseThrow().seeds().seed());
        recipe.randomSeed();
        assertEquals(SeedSettings.RANDOM, recipe.request().orElseThrow().seeds().seed());
        assertEquals(Map.of(), recipe.request().orElseThrow().extras());
    }
}
