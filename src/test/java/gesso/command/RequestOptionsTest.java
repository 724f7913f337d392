package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PngWriter;
import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.ScheduleType;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOptionsTest {
    @TempDir
    Path home;

    @Test
    void optionsReachTheRequest() {
        GenerationRequest r = asked("""
                generate owl --negative blurry --steps 9 --sampler "Euler a" --schedule Karras --cfg 5.5 --seed 3 --rng cpu
                --size 96x64 --batch 2 --count 3 --variation-seed 77 --variation-strength 0.3 --seed-resize 96x128
                --ensd 31337 --eta 0.5 --s-churn 12.0 --s-noise 1.003 --clip-skip 2 --emphasis "No norm"
                --profile diffusers --model gesso-starter-inpainting --mask-weight 0.35 --tiling""");
        assertEquals("blurry", r.negativePrompt());
        assertEquals(9, r.sampling().steps());
        assertEquals(Sampler.EULER_A, r.sampling().sampler());
        assertEquals(ScheduleType.KARRAS, r.sampling().schedule());
        assertEquals(5.5, r.sampling().cfgScale());
        assertEquals(new SeedSettings(3, Rng.CPU, 77, 0.3, new Size(96, 128), 31337), r.seeds());
        assertEquals(new Size(96, 64), r.size());
        assertEquals(2, r.batchSize());
        assertEquals(3, r.batchCount());
        assertEquals(0.5, r.sampling().tuning().eta());
        assertEquals(12, r.sampling().tuning().sChurn());
        assertEquals(1.003, r.sampling().tuning().sNoise());
        assertEquals(2, r.text().clipSkip());
        assertEquals(Emphasis.NO_NORM, r.text().emphasis());
        assertEquals(Profile.DIFFUSERS, r.profile());
        assertEquals(home.resolve("models/gesso-starter-inpainting.safetensors"), r.model());
        assertEquals(0.35, r.maskWeight());
        assertTrue(r.tiling());
    }

    @Test
    void aSamplersOldNameSaysTheScheduleToo() {
        GenerationRequest r = asked("generate owl --sampler \"DPM++ 2M Karras\"");
        assertEquals(Sampler.DPMPP_2M, r.sampling().sampler());
        assertEquals(ScheduleType.KARRAS, r.sampling().schedule());
    }

    @Test
    void stylesArePutToThePrompts() {
        GenerationRequest r = asked("generate owl --negative blurry --style Ink --style Soft");
        assertEquals("ink, owl, soft light", r.prompt());
        assertEquals("blurry, colour", r.negativePrompt());
        FakeWorkshop workshop = new FakeWorkshop(home);
        assertEquals(ExitCode.BAD_INPUT, workshop.run("generate", "owl", "--style", "Oil"));
        assertTrue(workshop.err.toString().contains("There is no style \"Oil\"; there are: Ink, Soft."));
    }

    @Test
    void hiresFix() {
        GenerationRequest r =
                asked("generate owl --hires --hires-scale 1.5 --hires-upscaler Lanczos --hires-steps 7 --denoise 0.55");
        assertEquals(new Hires(1.5, null, "Lanczos", 7, 0.55, null, null, 0, "", ""), r.hires());
    }

    @Test
    void inpainting() throws IOException {
        picture("source.png", 70, 90);
        picture("mask.png", 70, 90);
        GenerationRequest r = asked("""
                generate owl --image HOME/source.png --mask HOME/mask.png --denoise 0.9 --resize-mode crop --mask-blur 6
                --mask-mode not-masked --masked-content nothing --area masked --padding 12 --exact-steps
                --color-correction""");
        Rework rework = Objects.requireNonNull(r.rework());
        assertEquals(0.9, rework.denoisingStrength());
        assertEquals(ResizeMode.CROP_AND_RESIZE, rework.resizeMode());
        assertTrue(rework.exactSteps());
        assertTrue(rework.colorCorrection());
        Inpaint inpaint = Objects.requireNonNull(rework.inpaint());
        assertEquals(6, inpaint.blur());
        assertEquals(MaskMode.NOT_MASKED, inpaint.mode());
        assertEquals(MaskedContent.LATENT_NOTHING, inpaint.content());
        assertEquals(InpaintArea.ONLY_MASKED, inpaint.area());
        assertEquals(12, inpaint.padding());
        // No size was asked for: as large as the picture, on the grid of 8.
        assertEquals(new Size(64, 88), r.size());
    }

    /** What A1111 starts with. */
    @Test
    void whatIsNotSaidIsAsA1111Begins() throws IOException {
        picture("source.png", 128, 128);
        picture("mask.png", 128, 128);
        GenerationRequest r = asked("generate owl --image HOME/source.png --mask HOME/mask.png");
        assertEquals(GenerationRequest.of("owl", r.model(), new Size(128, 128)).sampling(), r.sampling());
        Rework rework = Objects.requireNonNull(r.rework());
        assertEquals(0.75, rework.denoisingStrength());
        assertEquals(ResizeMode.JUST_RESIZE, rework.resizeMode());
        Inpaint inpaint = Objects.requireNonNull(rework.inpaint());
        assertEquals(
                new Inpaint(
                        inpaint.mask(),
                        4,
                        MaskMode.MASKED,
                        MaskedContent.ORIGINAL,
                        InpaintArea.WHOLE_PICTURE,
                        32,
                        null),
                inpaint);
    }

    @Test
    void aPicturesSettingsComeFirstAndOptionsOverThem() {
        FakeWorkshop gesso = new FakeWorkshop(home);
        gesso.run("generate", "red apple", "--seed", "7", "--steps", "9", "--sampler", "Heun", "--size", "64x96");
        GenerationRequest same = asked("generate --parameters " + gesso.printed());
        assertEquals(gesso.request(), same);
        GenerationRequest other = asked("generate owl --steps 3 --parameters " + gesso.printed());
        assertEquals("owl", other.prompt());
        assertEquals(3, other.sampling().steps());
        assertEquals(Sampler.HEUN, other.sampling().sampler());
        assertEquals(7, other.seeds().seed());
    }

    /** The request of a line of words; those in quotes are one. */
    private GenerationRequest asked(String line) {
        FakeWorkshop gesso = new FakeWorkshop(home);
        Matcher words = Pattern.compile("\"([^\"]*)\"|\\S+").matcher(line.replace("HOME", home.toString()));
        List<String> arguments = words.results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toList();
        assertEquals(0, gesso.run(arguments.toArray(String[]::new)), gesso.said());
        return gesso.request();
    }

    private void picture(String name, int width, int height) throws IOException {
        Picture black = new Picture(width, height, new int[width * height]);
        Files.write(home.resolve(name), PngWriter.encode(black, List.of()));
    }

    @Test
    void turnsAreReadInAnyOrder() {
        FakeWorkshop gesso = new FakeWorkshop(home);
        assertEquals(
                0,
                gesso.run(
                        "generate",
                        "owl",
                        "--turn",
                        "8;cfg=4",
                        "--turn",
                        "3; prompt=a red fox, at night ;negative=blue=sky"));
        assertEquals(
                List.of(new Turn(3, "a red fox, at night", "blue=sky", null), new Turn(8, null, null, 4.0)),
                gesso.request().turns());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "x;cfg=4", "8;cfg=high", "8;steps=3", "8;cfg", "-1;cfg=4", "8;cfg=99"})
    void aTurnThatCannotBeIsASentence(String turn) {
        FakeWorkshop gesso = new FakeWorkshop(home);
        assertEquals(2, gesso.run("generate", "owl", "--turn", turn));
        assertTrue(gesso.said().endsWith("."), gesso.said());
    }
}
