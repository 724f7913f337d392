package gesso.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import gesso.request.Interrogator;
import gesso.request.WordGroup;
import gesso.request.WordList;
import gesso.weights.DType;
import gesso.weights.ModelKind;
import gesso.weights.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterrogationModelsTest {
    private static final Map<String, long[]> CLIP = Map.of(
            "vision_model.embeddings.class_embedding", new long[] {8},
            "text_model.embeddings.token_embedding.weight", new long[] {4, 8});
    private static final Map<String, long[]> OPEN_CLIP =
            Map.of("visual.class_embedding", new long[] {8}, "token_embedding.weight", new long[] {4, 8});
    private static final Map<String, long[]> BLIP =
            Map.of("model.text_decoder.bert.embeddings.word_embeddings.weight", new long[] {4, 8});

    @TempDir
    Path home;

    private Path models;

    @BeforeEach
    void folders() throws IOException {
        models = Files.createDirectories(home.resolve("models"));
    }

    private Path put(String place, Map<String, long[]> shapes) throws IOException {
        Path file = models.resolve(place);
        Files.createDirectories(file.getParent());
        SyntheticCheckpoint.write(file, shapes, DType.F32);
        return file;
    }

    private InterrogationModels found(List<WordList> lists) {
        return new InterrogationModels(
                new ModelFolders(List.of(models), new HashCache(home.resolve("cache")), null), lists);
    }

    @Test
    void modelsAreFoundByWhatTheyAreAndNamedByTheirFolder() throws IOException {
        put("clip_interrogator/clip-vit-large-patch14/model.safetensors", CLIP);
        put("CLIP_vision/ViT-H.safetensors", OPEN_CLIP);
        put("BLIP/capfilt.safetensors", BLIP);
        put("elsewhere/clip.safetensors", CLIP);
        Files.createDirectories(models.resolve("taggers/wd"));
        Files.write(models.resolve("taggers/wd/model.onnx"), new byte[] {1});
        Files.write(models.resolve("BLIP/broken.safetensors"), new byte[] {1, 2, 3});
        List<String> all = found(List.of()).all().stream()
                .map(f -> f.kind() + " " + f.name())
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        ModelKind.CAPTION_MODEL + " capfilt",
                        ModelKind.CLIP + " ViT-H",
                        ModelKind.CLIP + " clip-vit-large-patch14",
                        ModelKind.TAGGER + " wd"),
                all);
    }

    @Test
    void theUsualWayIsClipAndBlipAndElseACheckpointThatKnowsItsWords() throws IOException {
        Path checkpoint = put("small.safetensors", Map.of("x", new long[] {1}));
        assertThrows(BadInput.class, () -> found(List.of()).usual());

        Files.writeString(models.resolve("small.words.txt"), "fox\n\n owl \nfox\n");
        Interrogator.Denoising by =
                assertInstanceOf(Interrogator.Denoising.class, found(List.of()).usual());
        assertEquals(checkpoint, by.checkpoint());
        assertEquals(List.of("fox", "owl"), by.lists().get(0).words());

        put("deepdanbooru/a.pt", Map.of("n_Conv_0.weight", new long[] {1}, "n_Conv_178.weight", new long[] {1}));
        Path tagger = Files.createDirectories(models.resolve("taggers")).resolve("wd.onnx");
        Files.write(tagger, new byte[] {1});
        assertEquals(
                new Interrogator.Tagger(tagger, null, null, false),
                found(List.of()).usual());

        Path blip = put("BLIP/capfilt.safetensors", BLIP);
        List<WordList> lists = List.of(new WordList("artists", WordGroup.ARTIST, 1, List.of("a")));
        Interrogator.Clip caption =
                assertInstanceOf(Interrogator.Clip.class, found(lists).usual());
        assertNull(caption.clip());
        assertEquals(blip, caption.blip());

        Path clip = put("clip_interrogator/vit-l.safetensors", CLIP);
        assertEquals(
                new Interrogator.Clip(clip, blip, lists, Interrogator.Caption.DEFAULT),
                found(lists).usual());
        assertEquals(
                new Interrogator.Clip(null, blip, lists, Interrogator.Caption.DEFAULT),
                found(lists).named("Capfilt", null, false));
    }

    @Test
    void aWrongNameIsToldTheRightOnes() throws IOException {
        put("clip_interrogator/vit-l.safetensors", CLIP);
        BadInput e = assertThrows(BadInput.class, () -> found(List.of()).named("vit-h", null, false));
        assertEquals("There is no model \"vit-h\"; did you mean vit-l?", e.sentence());
        BadInput none = assertThrows(BadInput.class, () -> found(List.of()).tagger(null, false));
        assertTrue(none.sentence().startsWith("There is no tagger; put its .onnx file"), none.sentence());
    }

    @Test
    void listsAreReadByA1111sCustomAndTheUsersReplaceThoseThatShip() throws IOException {
        Path own = Files.createDirectories(home.resolve("interrogate"));
        Path shipped = Files.createDirectories(home.resolve("shipped"));
        Files.writeString(own.resolve("artists.txt"), "\uFEFFHokusai\n");
        Files.writeString(own.resolve("moods.top3.txt"), "calm\nwild\n");
        Files.writeString(own.resolve("empty.txt"), "\n\n");
        Files.writeString(shipped.resolve("artists.txt"), "Dürer\n");
        Files.writeString(shipped.resolve("mediums.txt"), "a woodcut\n");
        assertEquals(
                List.of(
                        new WordList("mediums", WordGroup.MEDIUM, 1, List.of("a woodcut")),
                        new WordList("artists", WordGroup.ARTIST, 1, List.of("Hokusai")),
                        new WordList("moods", WordGroup.FLAVOUR, 3, List.of("calm", "wild"))),
                WordLists.of(List.of(own, shipped, home.resolve("none"))));
    }

    @Test
    void theListsThatShipAreReadable() {
        List<WordList> lists = WordLists.of(List.of(Path.of("assets/interrogate")));
        assertEquals(
                List.of(WordGroup.MEDIUM, WordGroup.ARTIST, WordGroup.MOVEMENT, WordGroup.FLAVOUR),
                lists.stream().map(WordList::group).toList());
        assertTrue(lists.stream().allMatch(list -> list.words().size() > 50));
    }

    @Test
    void vectorsAreKeptAndNothingElseIsTakenForThem() throws IOException {
        VectorCache cache = new VectorCache(home);
        assertEquals(Optional.empty(), cache.read("key", 3));
        cache.write("key", new float[] {1, -2.5f, 3});
        assertArrayEquals(new float[] {1, -2.5f, 3}, cache.read("key", 3).orElseThrow());
        assertEquals(Optional.empty(), cache.read("key", 4));
        assertEquals(Optional.empty(), cache.read("another", 3));
        cache.write("nan", new float[] {Float.NaN});
        assertEquals(Optional.empty(), cache.read("nan", 1));
    }
}
