package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gesso.image.GeneratedPicture;
import gesso.image.metadata.InfotextWriter;
import gesso.prompt.Wildcards;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.weights.DType;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What prompts name beside their words, in pictures of the starter model. */
class ExtraNetworksTest {
    private static final Path ASSETS = Path.of(System.getProperty("gesso.assets"));
    private static final Path INK = Path.of("src/test/resources/lora/pictures/ink.safetensors");
    private static final Path ZORBL = Path.of("src/test/resources/embeddings/zorbl.pt");
    private static final String LORA = "Lora hashes";
    private static final String WORDS = "TI hashes";

    @TempDir
    static Path folder;

    private final List<String> notices = new ArrayList<>();
    private final Pipeline pipeline = new Pipeline(
            "cpu",
            ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
            f -> CompletableFuture.completedFuture("0123456789abcdef".repeat(4)),
            VectorStore.NONE,
            () -> Wildcards.NONE,
            Path::of,
            Library::new,
            notices::add);

    /** The same network, with an embedding inside. */
    @BeforeAll
    static void bundle() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        WeightFiles.open(INK).weights().values().forEach(w -> shapes.put(w.name(), w.shape()));
        shapes.put("bundle_emb.glow.string_to_param.*", new long[] {2, 128});
        SyntheticCheckpoint.write(folder.resolve("glowing.safetensors"), shapes, DType.F16);
    }

    private static final class Library implements NetworkLibrary {
        @Override
        public Optional<Path> lora(String name) {
            return switch (name) {
                case "ink" -> Optional.of(INK);
                case "glowing" -> Optional.of(folder.resolve("glowing.safetensors"));
                default -> Optional.empty();
            };
        }

        @Override
        public List<String> nearest(String name) {
            return List.of("ink");
        }

        @Override
        public Map<String, Path> embeddings() {
            return Map.of("zorbl", ZORBL);
        }
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private static GenerationRequest request(String prompt) {
        GenerationRequest request =
                GenerationRequest.of(prompt, ASSETS.resolve("models/gesso-starter.safetensors"), new Size(64, 64));
        return request.withSampling(request.sampling().withSteps(2)).withSeeds(SeedSettings.DEFAULT.withSeed(7));
    }

    private GeneratedPicture make(GenerationRequest request) {
        List<GeneratedPicture> made = new ArrayList<>();
        pipeline.generate(request, new CancelToken(), new Keeping(made, notices));
        return made.get(0);
    }

    private Picture picture(String prompt) {
        return make(request(prompt)).picture();
    }

    private static Map<String, String> told(GeneratedPicture picture) {
        return InfotextWriter.write(picture).settings();
    }

    @Test
    void hashesAreThoseOfWhatThisPromptNames() {
        GenerationRequest read = request("owl")
                .edit(e -> e.extras(Map.of(LORA, "gone: 012345678901", WORDS, "gone: 012345678901", "Other", "1")));
        Map<String, String> told = told(make(read));
        assertEquals("1", told.get("Other"));
        assertFalse(told.containsKey(LORA));
        assertFalse(told.containsKey(WORDS));
        // SHA-256 of the tensors alone, and of the whole file, by another program.
        told = told(make(read.withPrompt("zorbl owl <lora:ink:0.5> <lora:gone>")));
        assertEquals("ink: 206b750c14ea", told.get(LORA));
        assertEquals("zorbl: 89d6c36d79d5", told.get(WORDS));
        assertEquals(List.of("There is no LoRA \"gone\": the picture is made without it. Did you mean ink?"), notices);
    }

    @Test
    void anEmbeddingInsideALoraIsAWordWhileTheLoraIs() {
        Picture plain = picture("glow");
        Picture with = picture("glow <lora:glowing:0>");
        assertNotEquals(plain, with);
        assertEquals(picture("owl "), picture("owl <lora:glowing:0>"));
        assertEquals(plain, picture("glow"));
        Map<String, String> told = told(make(request("glow <lora:glowing:0>")));
        assertFalse(told.containsKey(WORDS)); // it has no file of its own
        assertEquals("glowing", String.valueOf(told.get(LORA)).substring(0, 7));
        assertEquals(List.of(), notices);
    }

    @Test
    void theSecondPassHasItsOwnPromptsNetworks() {
        GenerationRequest first = request("owl <lora:ink:1>").edit(e -> e.hires(Hires.DEFAULT));
        GenerationRequest second = request("owl").edit(e -> e.hires(Hires.DEFAULT.withPrompts("owl <lora:ink:1>", "")));
        GenerationRequest own = first.edit(e -> e.hires(Hires.DEFAULT.withPrompts("owl", "")));
        GeneratedPicture made = make(second);
        assertEquals("ink: 206b750c14ea", told(made).get(LORA));
        assertNotEquals(make(request("owl").edit(e -> e.hires(Hires.DEFAULT))).picture(), made.picture());
        assertNotEquals(make(first).picture(), make(own).picture());
        assertNotEquals(make(own).picture(), made.picture());
    }

    @Test
    void inComfyUiAnEmbeddingIsNamedAsOne() {
        GenerationRequest named = request("embedding:zorbl owl").edit(e -> e.profile(Profile.COMFYUI));
        GenerationRequest bare = request("zorbl owl").edit(e -> e.profile(Profile.COMFYUI));
        assertEquals("zorbl: 89d6c36d79d5", told(make(named)).get(WORDS));
        assertFalse(told(make(bare)).containsKey(WORDS));
        assertNotEquals(make(named).picture(), make(bare).picture());
    }

    @Test
    void whatATagSaysInVainIsNamed() {
        assertEquals(picture("owl <lora:ink:0.5>"), picture("owl <lora:ink:0.5:start=3:stop=9>"));
        assertEquals(List.of("<lora:ink> counts at every step: Gesso does not follow start= and stop=."), notices);
    }

    private record Keeping(List<GeneratedPicture> made, List<String> notices) implements Engine.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {}

        @Override
        public void progress(String task, int done, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {
            made.add(picture);
        }

        @Override
        public void notice(String sentence) {
            notices.add(sentence);
        }
    }
}
