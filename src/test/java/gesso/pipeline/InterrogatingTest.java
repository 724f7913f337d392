package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.WordGroup;
import gesso.request.WordList;
import gesso.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterrogatingTest {
    private static final Path ASSETS = Path.of("assets");
    private static final Path STARTER = ASSETS.resolve("models/gesso-starter.safetensors");

    private final Map<String, float[]> kept = new HashMap<>();
    private final VectorStore store = new VectorStore() {
        @Override
        public Optional<float[]> read(String key, int size) {
            return Optional.ofNullable(kept.get(key)).filter(v -> v.length == size);
        }

        @Override
        public void write(String key, float[] values) {
            kept.put(key, values);
        }
    };
    private final Pipeline pipeline = new Pipeline(
            "cpu",
            ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
            f -> CompletableFuture.completedFuture("0".repeat(64)),
            store,
            () -> name -> List.of(),
            Path::of,
            () -> NetworkLibrary.EMPTY,
            notice -> {
                throw new AssertionError(notice);
            });
    private final CancelToken token = new CancelToken();
    private final Heard heard = new Heard();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        pipeline.close();
    }

    private final class Heard implements Engine.Listener {
        private final List<String> networks = new ArrayList<>();
        private final List<Picture> pictures = new ArrayList<>();
        private String stopAt = "never";

        @Override
        public void loading(String network) {
            networks.add(network);
        }

        @Override
        public void step(Engine.Step step) {}

        @Override
        public void progress(String task, int done, int total) {
            assertTrue(done < total, task);
            if (task.startsWith(stopAt)) {
                token.cancel();
            }
        }

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {
            pictures.add(picture.picture());
        }

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }
    }

    private Interrogation interrogate(Picture picture, Interrogator by) {
        return pipeline.interrogate(new InterrogationRequest(picture, by), token, heard);
    }

    private static WordList list(WordGroup group, int top, String... words) {
        return new WordList(group.label() + "s", group, top, List.of(words));
    }

    private Interrogator.Clip clip(WordList... lists) throws IOException {
        return new Interrogator.Clip(
                WordModels.write("clip-words", folder).path(), null, List.of(lists), Interrogator.Caption.DEFAULT);
    }

    /** A1111's rank, computed by torch from transformers' vectors of the same words' tokens. */
    @Test
    void theBestWordsAndTheirScoresAreThoseOfTorch() throws IOException {
        List<String> words = Files.readAllLines(Path.of("src/test/resources/interrogate/words.txt"));
        SafetensorsFile golden = SafetensorsFile.open(Path.of("src/test/resources/interrogate/clip-words.safetensors"));
        float[] scores = new float[words.size()];
        golden.read(Objects.requireNonNull(golden.weights().get("scores")), FloatBuffer.wrap(scores));
        Interrogation found = interrogate(
                WordModels.picture(61, 50), clip(list(WordGroup.FLAVOUR, words.size(), words.toArray(String[]::new))));
        assertEquals(words.size(), found.words().size());
        double last = 1;
        for (ScoredWord word : found.words()) {
            assertEquals(scores[words.indexOf(word.text())], word.score(), 1e-5, word.text());
            assertTrue(word.score() <= last, word.text());
            last = word.score();
        }
    }

    @Test
    void aListsVectorsAreComputedOnce() throws IOException {
        Interrogator.Clip by = clip(list(WordGroup.ARTIST, 1, "Hokusai", "Dürer"), list(WordGroup.MEDIUM, 1, "ink"));
        Interrogation first = interrogate(WordModels.picture(61, 50), by);
        assertEquals(List.of("CLIP image encoder", "CLIP text encoder"), heard.networks);
        assertEquals(2, kept.size());
        // Turned round, the vectors that were kept make the best artist the worst: so they are what is used.
        kept.values().forEach(vectors -> {
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = -vectors[i];
            }
        });
        Interrogation second = interrogate(WordModels.picture(61, 50), by);
        assertNotEquals(
                first.of(WordGroup.ARTIST).get(0).text(),
                second.of(WordGroup.ARTIST).get(0).text());
        assertEquals(2, heard.networks.size());
    }

    @Test
    void aCancelledComparisonEndsAndKeepsWhatIsDone() throws IOException {
        heard.stopAt = "Comparing the mediums";
        Interrogator.Clip by = clip(list(WordGroup.ARTIST, 1, "Hokusai"), list(WordGroup.MEDIUM, 1, "ink"));
        assertThrows(Cancelled.class, () -> interrogate(WordModels.picture(61, 50), by));
        assertEquals(1, kept.size());
    }

    @Test
    void aCaptionGoesOnFromAPictureOf() throws IOException {
        Path blip = WordModels.write("blip", folder).path();
        Interrogator by = new Interrogator.Clip(null, blip, List.of(), new Interrogator.Caption(1, 8, 24));
        BadInput missing = assertThrows(BadInput.class, () -> interrogate(WordModels.picture(61, 50), by));
        assertTrue(missing.sentence().contains("vocab.txt"), missing.sentence());

        // 62 tokens, of which 31 ends a text, as the script has it.
        List<String> vocabulary = new ArrayList<>();
        for (int i = 0; i < 62; i++) {
            vocabulary.add("w" + i);
        }
        vocabulary.set(5, "a");
        vocabulary.set(6, "picture");
        vocabulary.set(7, "of");
        vocabulary.set(31, "[SEP]");
        Files.write(folder.resolve("vocab.txt"), vocabulary);
        Interrogation found = interrogate(WordModels.picture(61, 50), by);
        assertEquals("w13 w13 w13 w13 w13 w13", found.prompt());
        double score = found.words().get(0).score();
        assertTrue(score > 1.0 / 64 && score < 1, "" + score);
    }

    @Test
    void withoutItsCaptionTheWordsStillComeAndItIsSaidWhy() throws IOException {
        Path blip = WordModels.write("blip", folder).path();
        Interrogator.Clip words = clip(list(WordGroup.MEDIUM, 1, "ink"));
        Interrogation found = interrogate(
                WordModels.picture(61, 50),
                new Interrogator.Clip(words.clip(), blip, words.lists(), Interrogator.Caption.DEFAULT));
        assertEquals("ink", found.prompt());
        assertTrue(found.notices().get(0).contains("vocab.txt"));
    }

    @Test
    void theStarterSaysWhatItPainted() throws IOException {
        GenerationRequest request = GenerationRequest.of("red apple", STARTER, new Size(128, 128));
        pipeline.generate(
                request.withSeeds(SeedSettings.DEFAULT.withSeed(5))
                        .withSampling(request.sampling().withSteps(12)),
                token,
                heard);
        List<String> known = Files.readAllLines(ASSETS.resolve("models/gesso-starter.icons.txt"));
        Interrogator by =
                new Interrogator.Denoising(STARTER, List.of(list(WordGroup.TAGS, 5, known.toArray(String[]::new))));
        Interrogation found = interrogate(heard.pictures.get(0), by);
        assertEquals("red apple", found.words().get(0).text());
        assertEquals(1, found.notices().size());
        assertTrue(
                found.notices().get(0).startsWith("These are the likeliest of the 40 words"),
                found.notices().get(0));
    }

    /** Noise is none of the words, and that is said. */
    @Test
    void whereNoWordHelpsItIsSaid() {
        Interrogator by = new Interrogator.Denoising(STARTER, List.of(list(WordGroup.TAGS, 5, "owl", "fox")));
        Interrogation found = interrogate(WordModels.picture(61, 50), by);
        assertEquals(
                "None of them helps gesso-starter more than no words at all, so they may well be wrong.",
                found.notices().get(1));
    }

    @Test
    void askingTheStarterIsCancelled() {
        heard.stopAt = "Asking";
        Interrogator by = new Interrogator.Denoising(STARTER, List.of(list(WordGroup.TAGS, 5, "owl", "fox")));
        assertThrows(Cancelled.class, () -> interrogate(WordModels.picture(20, 200), by));
    }

    @Test
    void anInpaintingModelIsNotAsked() {
        Interrogator by = new Interrogator.Denoising(
                ASSETS.resolve("models/gesso-starter-inpainting.safetensors"),
                List.of(list(WordGroup.TAGS, 5, "owl", "fox")));
        assertThrows(BadInput.class, () -> interrogate(WordModels.picture(20, 20), by));
    }
}
