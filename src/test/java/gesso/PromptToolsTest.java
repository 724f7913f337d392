package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;

class PromptToolsTest {
    private final PromptTools tools =
            new PromptTools(Path.of(System.getProperty("gesso.assets"), "tokenizer/clip-merges.txt.gz"));

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
        assertEquals(List.of("lora ink"), reading.networks());
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
