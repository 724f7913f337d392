package gesso.library.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PngWriter;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Sampler;
import gesso.request.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    @TempDir
    Path folder;

    private static final String FOX = """
            {"gesso-preset": 1, "name": {"en": "Fox", "zh": "狐狸"}, "tags": ["animal"],
             "settings": {"steps": 30, "cfg": 15, "later": {"deep": [1, null]}},
             "model": {"name": "m", "hash": "0123456789"}, "colour": "red"}""";

    private Presets presets() {
        return new Presets(Optional.of(Path.of("presets")), folder.resolve("presets"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void whatIsNotKnownSurvivesALoadAndASave() {
        Preset read = PresetText.read(FOX);
        Preset again = PresetText.read(PresetText.write(read.withWords("Red fox", "quick", List.of())));
        assertEquals(read.unknown(), again.unknown());
        assertEquals(Map.of("colour", "red"), again.unknown());
        assertEquals(read.settings(), again.settings());
        assertEquals("Red fox", again.name("de"));
        assertEquals("狐狸", again.name("zh"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"steps\": 0}', steps",
        "'{\"cfg\": \"high\"}', cfg",
        "'{\"mask-blur\": 65}', mask-blur",
        "'{\"hires\": true, \"hires-scale\": 9}', hires-scale",
        "'{\"soft-inpainting\": true, \"soft-contrast\": -1}', soft-contrast",
        "'{\"size\": \"100x100\"}', width",
        "'{\"sampler\": \"Eulr\"}', sampler",
        "'{\"prompt\": null}', prompt",
    })
    void aValueThatCannotBeIsRefusedByName(String settings, String field) {
        String json = "{\"gesso-preset\": 1, \"name\": \"x\", \"settings\": " + settings + "}";
        assertEquals(
                field,
                assertThrows(InvalidRequest.class, () -> PresetText.read(json)).field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"gesso-preset\": 1}",
                "{\"gesso-preset\": 1, \"name\": \"x\"}",
                "{\"gesso-preset\": 0, \"name\": \"x\", \"settings\": {}}",
                "{\"gesso-preset\": \"1\", \"name\": \"x\", \"settings\": {}}",
                "{\"gesso-preset\": 1, \"name\": 5, \"settings\": {}}",
                "{\"gesso-preset\": 1, \"name\": \"x\", \"settings\": {}, \"tags\": \"a\"}",
                "{\"gesso-preset\": 1, \"name\": \"x\", \"settings\": {}, \"model\": \"a\"}",
                "{\"gesso-preset\": 1, \"name\": \"x\", \"settings\": {}, \"thumbnail\": \"?\"}",
            })
    void whatIsNoPresetIsASentence(String json) {
        assertTrue(assertThrows(BadInput.class, () -> PresetText.read(json))
                .sentence()
                .endsWith("."));
    }

    @Test
    void aNewerOneIsReadAndNotWritten() {
        Preset newer = PresetText.read(
                "{\"gesso-preset\": 2, \"name\": \"Later\", \"settings\": {\"steps\": {\"from\": 1}, \"cfg\": 7}}");
        assertTrue(newer.isReadOnly());
        String sentence =
                assertThrows(BadInput.class, () -> presets().add(newer)).sentence();
        assertTrue(sentence.contains("newer Gesso"), sentence);
    }

    @Test
    void ownPresetsAreKeptReplacedAndDeleted() {
        Presets presets = presets();
        Presets.Stored stored = presets.add(PresetText.read(FOX));
        Presets.Stored second = presets.add(PresetText.read(FOX));
        assertEquals(List.of("fox", "fox-2"), List.of(stored.id(), second.id()));
        assertEquals(stored.preset(), presets.find("狐狸").preset());
        presets.replace(stored, stored.preset().withSettings(Map.of("steps", 5)));
        assertEquals(Map.of("steps", 5), presets.find("FOX").preset().settings());
        Preset deleted = presets.delete(second);
        assertEquals(stored.preset(), deleted);
        assertEquals(27, presets.list().presets().size());
        assertEquals(List.of(), presets.list().notices());
    }

    @Test
    void whatShipsIsCopiedNotChanged() {
        Presets.Stored shipped = presets().find("photo-to-anime");
        assertTrue(shipped.isShipped());
        assertThrows(BadInput.class, () -> presets().delete(shipped));
        Presets.Stored copy = presets().replace(shipped, shipped.preset().withSettings(Map.of("steps", 9)));
        assertFalse(copy.isShipped());
        assertEquals(
                Map.of("steps", 9), presets().find("photo-to-anime").preset().settings());
        assertEquals(30, Presets.readFile(shipped.file()).settings().get("steps"));
    }

    @Test
    void aBrokenFileIsToldAndTheOthersStay() throws IOException {
        Presets presets = presets();
        presets.add(PresetText.read(FOX));
        write("presets/bad.json", "{\"gesso-preset\": 1, \"name\": \"x\", \"settings\": {\"cfg\": 99}}");
        Presets.Listing listing = presets.list();
        assertEquals(27, listing.presets().size());
        assertEquals(
                List.of("The preset bad.json cannot be used: CFG scale must be between 1 and 30, not 99."),
                listing.notices());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        String sentence = assertThrows(BadInput.class, () -> presets().find("foto to anime"))
                .sentence();
        assertTrue(sentence.contains("Photo to anime"), sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "Fox, fox",
        "Photo → Anime!, photo-anime",
        "../../etc/passwd, etc-passwd",
        "CON, preset-con",
        "'  ', preset",
        "狐狸, 狐狸"
    })
    void fileNamesAreHarmless(String name, String file) {
        assertEquals(file, Presets.fileName(name));
    }

    @Test
    void aPlaceForThePromptIsFilled() {
        Preset preset =
                Preset.of("x", Map.of("prompt", "oil painting of {prompt}, framed", "negative", "{prompt}, photo"));
        assertEquals(
                Map.of("prompt", "oil painting of a fox, framed", "negative", "photo"),
                PresetValues.on(Map.of("prompt", "a fox", "negative", ""), preset));
    }

    @Test
    void aPicturesSettingsMakeAPreset() {
        GenerationRequest request = GenerationRequest.of("a fox", Path.of("m"), new Size(640, 512));
        GenerationRequest made = request.withSampling(request.sampling().withSampler(Sampler.LCM))
                .withBatch(2, 3);
        Map<String, Object> values = new java.util.LinkedHashMap<>(PresetValues.of(made));
        assertEquals(
                Map.of(
                        "prompt",
                        "a fox",
                        "size",
                        "640x512",
                        "sampler",
                        "LCM",
                        "schedule",
                        "Automatic",
                        "steps",
                        20,
                        "cfg",
                        7.0),
                values);
    }

    private static Picture picture(int width, int height) {
        int[] pixels = new int[width * height];
        Random random = new Random(width);
        Arrays.setAll(pixels, i -> random.nextInt() | 0xFF000000);
        return new Picture(width, height, pixels);
    }

    @Test
    void aCardCarriesPictureAndPreset() throws IOException {
        Preset preset = PresetText.read(FOX);
        Path card = folder.resolve("card.png");
        Files.write(card, PresetCard.encode(preset, picture(1024, 640)));
        assertTrue(PresetImport.isCard(card));
        Preset read = PresetCard.read(card).orElseThrow();
        assertEquals(preset, read.withThumbnail(""));
        assertTrue(read.thumbnail().length() > 1000);
        Presets.Stored kept = presets().add(read);
        assertEquals(read, Presets.readFile(kept.file()));
    }

    @Test
    void aPictureWithoutAPresetIsNoCard() throws IOException {
        Path file = folder.resolve("plain.png");
        Files.write(file, PngWriter.encode(picture(8, 8), List.of()));
        assertEquals(Optional.empty(), PresetCard.read(file));
        assertFalse(PresetImport.isCard(file));
        assertThrows(BadInput.class, () -> PresetImport.read(file));
    }

    @Test
    void aCollectionGoesThroughAZip() throws IOException {
        List<Preset> all = List.of(PresetText.read(FOX), PresetText.read(FOX), Preset.of("Owl", Map.of("cfg", 3)));
        Path zip = folder.resolve("all.zip");
        Files.write(zip, PresetZip.encode(all));
        assertEquals(all, PresetImport.read(zip));
    }

    @Test
    void aZipLeadsNowhereAndABombIsASentence() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../outside.json"));
            zip.write(FOX.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("bomb.json"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 40; i++) {
                zip.write(zeros);
            }
        }
        Path file = folder.resolve("bomb.zip");
        Files.write(file, bytes.toByteArray());
        assertTrue(assertThrows(BadInput.class, () -> PresetImport.read(file))
                .sentence()
                .contains("too much"));
        assertFalse(Files.exists(folder.resolve("../../outside.json")));
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000})
    void brokenPresetsAreSentences(int rounds) throws IOException {
        fuzz(rounds, 1);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {100_000})
    void brokenPresetsAreSentencesManyTimes(int rounds) throws IOException {
        fuzz(rounds, 2);
    }

    /** Bytes changed, cut and doubled: a preset, a card, a list of styles and a ZIP are read, or refused with a sentence. */
    private void fuzz(int rounds, long seed) throws IOException {
        Random random = new Random(seed);
        byte[][] good = {
            FOX.getBytes(StandardCharsets.UTF_8),
            PresetCard.encode(PresetText.read(FOX), picture(8, 6)),
            "name,prompt,negative_prompt\nInk,\"{prompt}, ink\",photo\n".getBytes(StandardCharsets.UTF_8),
            PresetZip.encode(List.of(PresetText.read(FOX)))
        };
        String[] names = {"a.json", "a.png", "a.csv", "a.zip"};
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            int kind = round % good.length;
            byte[] broken = good[kind].clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(broken.length) : broken.length;
            Path file = folder.resolve(names[kind]);
            Files.write(file, Arrays.copyOf(broken, length));
            try {
                PresetImport.read(file);
            } catch (BadInput e) {
                refused++;
                assertFalse(e.sentence().isBlank());
            }
        }
        assertTrue(refused > rounds / 8, refused + " of " + rounds);
    }
}
