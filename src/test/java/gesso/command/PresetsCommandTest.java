package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.library.Json;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetsCommandTest {
    @TempDir
    Path home;

    private FakeWorkshop gesso = new FakeWorkshop(Path.of("target"));

    @BeforeEach
    void open() {
        gesso = new FakeWorkshop(home);
    }

    private Path picture(String parameters) throws IOException {
        int[] pixels = new int[128 * 64];
        Arrays.fill(pixels, 0xFF336699);
        List<TextChunk> texts = parameters.isEmpty() ? List.of() : List.of(new TextChunk("parameters", parameters));
        return Files.write(home.resolve("picture.png"), PngWriter.encode(new Picture(128, 64, pixels), texts));
    }

    @Test
    void theListHasWhatShips() {
        assertEquals(0, gesso.run("presets"));
        assertTrue(gesso.printed().contains("photo-to-anime"), gesso.printed());
        gesso = new FakeWorkshop(home);
        assertEquals(0, gesso.run("presets", "--json"));
        assertTrue(Json.read(gesso.printed()) instanceof List<?> all && all.size() == 26);
    }

    @Test
    void aPresetGivesItsValuesToTheUnitsOfControl() throws IOException {
        String drawing = picture("").toString();
        Path folder = Files.createDirectories(home.resolve("models/ControlNet"));
        Path lineart = Files.createFile(folder.resolve("control_v11p_sd15_lineart.safetensors"));
        Path other = Files.createFile(folder.resolve("other.safetensors"));
        // Its model where none is named, what is said besides counts more, the second unit is none of its own.
        List<String> line = List.of("generate", "a fox", "--preset", "line-art-colouring", "--control");
        assertEquals(
                0, gesso.run(with(line, "=" + drawing + ",weight=0.5", "--control", "other=" + drawing)), gesso.said());
        List<ControlUnit> units = gesso.request().controls();
        assertEquals(
                List.of(lineart, other), units.stream().map(ControlUnit::model).toList());
        assertEquals(
                new Preprocessing("invert", 512, null, null, true), units.get(0).preprocessing());
        assertEquals(0.5, units.get(0).weight());
        assertEquals(0.9, units.get(0).end());
        assertEquals(ResizeMode.RESIZE_AND_FILL, units.get(0).resizeMode());
        assertEquals(ControlUnit.of(other, units.get(1).picture()), units.get(1));
        assertEquals(0, gesso.run(with(line, "other=" + drawing + ",preprocessor=canny,pixel-perfect=false,end=1")));
        assertEquals(
                Preprocessing.of("canny"), gesso.request().controls().get(0).preprocessing());
        assertEquals(other, gesso.request().controls().get(0).model());
        assertEquals(1, gesso.request().controls().get(0).end());

        gesso = new FakeWorkshop(home);
        assertEquals(0, gesso.run("generate", "a fox", "--preset", "line-art-colouring"));
        assertTrue(
                gesso.said()
                        .contains(
                                "The preset's ControlNet (control_v11p_sd15_lineart) is left out: it needs a picture, --control MODEL=FILE."),
                gesso.said());
        assertEquals(List.of(), gesso.request().controls());
        gesso = new FakeWorkshop(home);
        assertEquals(2, gesso.run("generate", "a fox", "--control", "=" + drawing));
        assertTrue(gesso.said().contains("names no ControlNet before the picture."), gesso.said());
    }

    private static String[] with(List<String> line, String... more) {
        List<String> all = new ArrayList<>(line);
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @Test
    void aPresetIsWhereAPictureBegins() throws IOException {
        String image = picture("").toString();
        assertEquals(
                0,
                gesso.run(
                        "generate",
                        "a fox",
                        "--preset",
                        "Photo to anime",
                        "--image",
                        image,
                        "--cfg",
                        "9",
                        "--size",
                        "64x64"));
        GenerationRequest request = gesso.request();
        assertEquals("a fox, anime, clean line art, cel shading", request.prompt());
        assertEquals(30, request.sampling().steps());
        assertEquals(9, request.sampling().cfgScale());
        assertEquals(0.35, request.maskWeight());
        Rework rework = request.rework();
        assertNotNull(rework);
        assertEquals(0.65, rework.denoisingStrength());
    }

    @Test
    void aHiresPresetGivesWayToAPictureToStartFrom() throws IOException {
        assertEquals(
                0,
                gesso.run(
                        "generate",
                        "x",
                        "--preset",
                        "large-print",
                        "--image",
                        picture("").toString(),
                        "--size",
                        "64x64"));
        assertEquals(null, gesso.request().hires());
        assertTrue(gesso.said().contains("hires fix is left out"), gesso.said());
    }

    @Test
    void anUnknownPresetIsASentence() {
        assertEquals(2, gesso.run("generate", "x", "--preset", "ink drawin"));
        assertEquals("There is no preset \"ink drawin\"; did you mean Ink drawing or ink-drawing?", gesso.said());
    }

    @Test
    void aPictureMakesAPresetThatGoesThroughACardToAnother() throws IOException {
        String parameters =
                "a fox\nNegative prompt: blur\nSteps: 31, Sampler: Euler a, CFG scale: 4.5, Seed: 7, Size: 128x64,"
                        + " Model hash: 0123456789, Model: fox-v2";
        assertEquals(
                0,
                gesso.run(
                        "presets",
                        "make",
                        "My fox",
                        "--parameters",
                        picture(parameters).toString()));
        Path card = home.resolve("card.png");
        assertEquals(0, gesso.run("presets", "export", "my fox", "--out", card.toString()));
        Path other = Files.createDirectories(home.resolve("other"));
        FakeWorkshop second = new FakeWorkshop(other);
        assertEquals(0, second.run("presets", "import", card.toString()));
        assertEquals(0, second.run("generate", "--preset", "My fox"));
        assertEquals("a fox", second.request().prompt());
        assertEquals("blur", second.request().negativePrompt());
        assertEquals(31, second.request().sampling().steps());
        assertEquals(4.5, second.request().sampling().cfgScale());
        assertEquals(-1, second.request().seeds().seed());
        assertTrue(second.said().contains("made for fox-v2"), second.said());
    }

    @Test
    void severalGoIntoAZipAndNothingIsOverwritten() throws IOException {
        Path zip = Files.writeString(home.resolve("all.zip"), "mine");
        assertEquals(0, gesso.run("presets", "export", "ink-drawing", "pixel-art", "--out", zip.toString()));
        assertEquals("mine", Files.readString(zip));
        Path written = home.resolve("all-2.zip");
        assertEquals(written.toString(), gesso.printed());
        assertEquals(0, gesso.run("presets", "import", written.toString()));
        assertTrue(Files.exists(home.resolve("presets/ink-drawing.json")));
        assertEquals(2, gesso.run("presets", "export", "ink-drawing", "pixel-art", "--out", home + "/x.json"));
    }

    @Test
    void aBadFileAmongSeveralKeepsNone() throws IOException {
        Path good = home.resolve("good.csv");
        Files.writeString(good, "name,prompt,negative_prompt\nInk,ink,\n");
        Path bad = home.resolve("bad.json");
        Files.writeString(bad, "{\"gesso-preset\": 1, \"name\": \"x\", \"settings\": {\"cfg\": 99}}");
        assertEquals(2, gesso.run("presets", "import", good.toString(), bad.toString()));
        assertEquals("CFG scale must be between 1 and 30, not 99.", gesso.said());
        assertFalse(Files.exists(home.resolve("presets")));
    }
}
