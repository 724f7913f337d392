package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.image.NetworkPixels;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Interrogator;
import gesso.request.ScoredWord;
import gesso.runtime.Device;
import gesso.runtime.Models;
import gesso.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags from a small network of WD14's form, against onnxruntime for Python. */
class TaggingTest {
    private static final Path RESOURCES = Path.of("src/test/resources/interrogate");
    private static final List<String> CSV = List.of(
            "tag_id,name,category,count",
            "1,general,9,9",
            "2,long_hair,0,9",
            "3,o_o,0,9",
            "4,saber_(fate),4,9",
            "5,\"comma,_tag\",0,9",
            "6,1girl,0,9",
            "7,red_apple,0,9",
            "8,^_^,0,9");

    private final Models models = new Models(Device.CPU, 1L << 30, new Models.Listener() {
        @Override
        public void loading(String network) {}

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }
    });

    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        model = Files.copy(RESOURCES.resolve("tagger.onnx"), folder.resolve("wd.onnx"));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private static float[] golden(String key) {
        SafetensorsFile file = SafetensorsFile.open(RESOURCES.resolve("tagger.safetensors"));
        var weight = Objects.requireNonNull(file.weights().get(key), key);
        float[] values = new float[(int) weight.elements()];
        file.read(weight, FloatBuffer.wrap(values));
        return values;
    }

    private List<ScoredWord> tags(@Nullable Double threshold, @Nullable Double characters, boolean alphabetical) {
        return new Tagging(models, new CancelToken(), new Deaf())
                .tags(WordModels.picture(61, 50), new Interrogator.Tagger(model, threshold, characters, alphabetical));
    }

    @ParameterizedTest
    @CsvSource({"61, 50", "20, 9", "9, 40"})
    void pixelsAreThoseOfTheTaggersProgram(int width, int height) {
        assertArrayEquals(
                golden("pixels_" + width + "x" + height),
                NetworkPixels.wd14(WordModels.picture(width, height), 16).data());
    }

    @Test
    void scoresAreThoseOfOnnxruntime() throws IOException {
        Files.write(folder.resolve("selected_tags.csv"), CSV);
        float[] scores = golden("scores_61x50");
        List<ScoredWord> found = tags(0.0, 0.0, true);
        List<String> names = List.of(
                "long hair", "o_o", "saber (fate)", "comma,_tag".replace('_', ' '), "1girl", "red apple", "^_^");
        assertEquals(names.stream().sorted().toList(), texts(found));
        for (ScoredWord word : found) {
            assertEquals(scores[1 + names.indexOf(word.text())], word.score(), 1e-5, word.text());
        }
    }

    @Test
    void tagsFromTheThresholdOnTheSurestFirst() throws IOException {
        Files.write(folder.resolve("selected_tags.csv"), CSV);
        List<ScoredWord> usual = tags(null, null, false);
        double last = 1;
        for (ScoredWord word : usual) {
            assertTrue(word.score() >= (word.text().startsWith("saber") ? 0.85 : 0.35) && word.score() <= last);
            last = word.score();
        }
        // One threshold counts for characters too, unless they have their own.
        assertEquals(
                tags(0.0, 0.0, false).stream().filter(w -> w.score() >= 0.2).toList(), tags(0.2, null, false));
        assertTrue(texts(tags(0.0, 0.0, false)).contains("saber (fate)"));
        assertTrue(!texts(tags(0.0, 1.0, false)).contains("saber (fate)"));
    }

    @Test
    void deepDanboorusNamesAreLinesWithoutRatings() throws IOException {
        Files.write(folder.resolve("tags.txt"), List.of("long_hair", "a", "b", "c", "d", "e", "f", "rating:safe"));
        assertEquals(7, tags(0.0, null, false).size());
        assertTrue(tags(null, null, false).stream().allMatch(w -> w.score() >= 0.5));
    }

    @Test
    void whatDoesNotFitIsSaidInASentence() throws IOException {
        assertEquals(
                "wd.onnx needs the names of its tags beside it: selected_tags.csv (WD14) or tags.txt (DeepDanbooru).",
                refused());
        Files.write(folder.resolve("selected_tags.csv"), CSV.subList(0, 5));
        assertEquals("wd.onnx scores 8 tags, and the list beside it names 4: it belongs to another tagger.", refused());
        Files.write(folder.resolve("selected_tags.csv"), List.of("a,b", "1,2"));
        assertTrue(refused().startsWith("selected_tags.csv is no list of a tagger's tags"), refused());
        Files.write(folder.resolve("selected_tags.csv"), CSV);
        Files.write(model, new byte[] {1, 2, 3});
        assertTrue(refused().contains("wd.onnx"), refused());
        model = folder.resolve("model-resnet_custom_v3.pt");
        assertTrue(refused().startsWith("model-resnet_custom_v3.pt is DeepDanbooru in PyTorch's form"), refused());
    }

    /** A file may not make the program read others that lie outside its folder. */
    @Test
    void weightsOutsideTheTaggersFolderAreNotRead() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.write(inside.resolve("selected_tags.csv"), CSV);
        model = Files.copy(RESOURCES.resolve("tagger-escaping.onnx"), inside.resolve("wd.onnx"));
        Files.write(folder.resolve("outside.bin"), new byte[768 * 8 * 4]);
        assertTrue(refused().startsWith("The tagger in wd.onnx cannot be used"), refused());
    }

    private String refused() {
        return assertThrows(BadInput.class, () -> tags(null, null, false)).sentence();
    }

    private static List<String> texts(List<ScoredWord> words) {
        return words.stream().map(ScoredWord::text).toList();
    }

    static Stream<String> faces() {
        return Stream.of("0_0", "(o)_(o)", "+_+", "<|>_<|>", "=_=", ">_<", "6_9", ">_o", "@_@", "u_u", "||_||");
    }

    @Test
    void facesKeepTheirMouths() throws IOException {
        Files.write(folder.resolve("tags.txt"), faces().toList());
        assertEquals(
                faces().toList(),
                TagNames.beside(model).tags().stream().map(TagNames.Tag::name).toList());
    }

    private static final class Deaf implements Engine.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {}

        @Override
        public void progress(String task, int done, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {}

        @Override
        public void notice(String sentence) {}
    }
}
