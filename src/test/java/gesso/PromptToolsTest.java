package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.pipeline.NetworkLibrary;
import gesso.prompt.NamedNetwork;
import gesso.request.GenerationRequest;
import gesso.request.Profile;
import gesso.request.Sampler;
import gesso.request.Size;
import gesso.ui.common.PromptReader.Part;
import gesso.ui.common.PromptReader.PromptReading;
import gesso.ui.common.PromptReader.Run;
import gesso.ui.common.PromptReader.Stretch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptToolsTest {
    private static final Path EMBEDDINGS = Path.of("src/test/resources/embeddings");
    private static final Path INK = Path.of("src/test/resources/lora/pictures/ink.safetensors");

    private final PromptTools tools =
            new PromptTools(Path.of(System.getProperty("gesso.assets"), "tokenizer/clip-merges.txt.gz"), Library::new);

    /** One LoRA and three embeddings, one of them hidden in a picture. */
    private static final class Library implements NetworkLibrary {
        @Override
        public Optional<Path> lora(String name) {
            return name.equals("ink") ? Optional.of(INK) : Optional.empty();
        }

        @Override
        public List<String> nearest(String name) {
            return List.of();
        }

        @Override
        public Map<String, Path> embeddings() {
            return Map.of(
                    "zorbl", EMBEDDINGS.resolve("zorbl.pt"),
                    "kwyjibo three", EMBEDDINGS.resolve("kwyjibo three.safetensors"),
                    "hidden", EMBEDDINGS.resolve("pixels.png"));
        }
    }

    private static GenerationRequest request(String prompt, Sampler sampler) {
        GenerationRequest request = GenerationRequest.of(prompt, Path.of("m.safetensors"), new Size(64, 64));
        return request.withSampling(request.sampling().withSteps(10).withSampler(sampler));
    }

    private static Stretch stretch(int from, int until, Run... runs) {
        return new Stretch(from, until, List.of(List.of(runs)));
    }

    @Test
    void partsStepsAndWeightsAreThoseOfTheGrammar() {
        PromptReading reading =
                tools.read(request("a [cat:dog:0.4] (中文:1.5) <lora:ink:0.8> AND sky :0.5", Sampler.EULER));
        assertEquals(
                List.of(
                        new Part(
                                1,
                                List.of(
                                        stretch(1, 4, new Run("a cat ", 1), new Run("中文 ", 1.5f)),
                                        stretch(5, 10, new Run("a dog ", 1), new Run("中文 ", 1.5f)))),
                        new Part(0.5, List.of(stretch(1, 10, new Run("sky ", 1))))),
                reading.parts());
        assertEquals(List.of(new NamedNetwork("lora", "ink", 0.8, 0.8, 0, true)), reading.networks());
    }

    @Test
    void embeddingsCountAsManyTokensAsTheyHaveVectorsAndStandUnderTheirNames() {
        assertEquals(2 + 2, tools.count("a zorbl owl"));
        assertEquals(1 + 3 + 3, tools.count("a kwyjibo three, (hidden:1.2)") - 1);
        PromptReading reading = tools.read(request("a zorbl (hidden:1.2)", Sampler.EULER));
        assertEquals(
                List.of(new Part(
                        1, List.of(stretch(1, 10, new Run("a ", 1), new Run("zorbl ", 1), new Run("hidden ", 1.2f))))),
                reading.parts());
    }

    @Test
    void whatAPromptNamesIsListedWithItsStrengthsAlsoWhereItIsNotThere() {
        List<NamedNetwork> named =
                tools.networks("zorbl <lora:ink:0.5:0.75> [hidden:<lora:nope>:3] hidden <hypernet:x:1>");
        assertEquals(
                List.of(
                        "lora ink 0.5 / 0.75 true",
                        "lora nope 1 false",
                        "hypernet x 1 false",
                        "embedding zorbl 1 true",
                        "embedding hidden 1 true"),
                named.stream()
                        .map(n -> "%s %s %s %s".formatted(n.kind(), n.name(), n.strength(), n.found()))
                        .toList());
        assertEquals(List.of(), tools.networks("a red owl"));
    }

    @Test
    void aSamplerThatRunsTheNetworkTwiceAStepStillCountsSteps() {
        PromptReading reading = tools.read(request("[cat:dog:0.4]", Sampler.HEUN));
        List<Stretch> stretches = reading.parts().get(0).stretches();
        assertEquals(
                List.of(1, 4), List.of(stretches.get(0).from(), stretches.get(0).until()));
        assertEquals(10, stretches.get(1).until());
    }

    @Test
    void whatIsLongerThan75TokensIsMoreChunks() {
        PromptReading reading = tools.read(request("red tulip, ".repeat(40), Sampler.EULER));
        List<List<Run>> chunks = reading.parts().get(0).stretches().get(0).chunks();
        assertEquals(2, chunks.size());
        assertTrue(
                chunks.get(1).get(0).text().startsWith("red tulip , "),
                chunks.get(1).toString());
    }

    @Test
    void anEmptyPromptSaysNothingAndAnotherProgramsGrammarIsItsOwn() {
        assertEquals(
                List.of(List.of()),
                tools.read(request("", Sampler.EULER))
                        .parts()
                        .get(0)
                        .stretches()
                        .get(0)
                        .chunks());
        GenerationRequest comfy = request("[cat:dog:0.4]", Sampler.EULER).edit(e -> e.profile(Profile.COMFYUI));
        assertEquals(1, tools.read(comfy).parts().get(0).stretches().size());
    }
}
