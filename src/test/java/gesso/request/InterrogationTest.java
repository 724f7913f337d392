package gesso.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterrogationTest {
    @ParameterizedTest
    @CsvSource({
        "a fox, 1, a fox",
        "a fox, 1.2, (a fox:1.2)",
        "a fox, 0.85, (a fox:0.85)",
        "a fox, 1.004, a fox",
        "a fox, 1.006, (a fox:1.01)",
        "a fox, 2, (a fox:2)",
        "saber (fate), 1, saber \\(fate\\)",
        "saber (fate), 1.1, (saber \\(fate\\):1.1)",
        "[o]\\, 1, \\[o\\]\\\\",
    })
    void aWordIsWrittenAsTheGrammarReadsIt(String text, double weight, String inPrompt) {
        assertEquals(inPrompt, new PromptWord(text, weight).inPrompt());
    }

    @Test
    void aWeightThatNoPromptHasIsRefused() {
        PromptWord word = new PromptWord("fox", 1);
        assertThrows(InvalidRequest.class, () -> word.withWeight(0));
        assertThrows(InvalidRequest.class, () -> word.withWeight(2.5));
        assertThrows(InvalidRequest.class, () -> word.withWeight(Double.NaN));
    }

    @Test
    void thePromptSaysTheGroupsInTheirOrderAndNamesArtists() {
        Interrogation found = new Interrogation(
                List.of(
                        new ScoredWord(WordGroup.FLAVOUR, "detailed", 0.2),
                        new ScoredWord(WordGroup.ARTIST, "Hokusai", 0.3),
                        new ScoredWord(WordGroup.CAPTION, "a fox in the snow", 0.5),
                        new ScoredWord(WordGroup.FLAVOUR, "calm", 0.1),
                        new ScoredWord(WordGroup.MEDIUM, "a woodcut", 0.9)),
                List.of());
        assertEquals("a fox in the snow, a woodcut, by Hokusai, detailed, calm", found.prompt());
        assertEquals(2, found.of(WordGroup.FLAVOUR).size());
    }

    @Test
    void anInterrogatorKnowsItsLimits() {
        assertThrows(
                InvalidRequest.class, () -> new Interrogator.Clip(null, null, List.of(), Interrogator.Caption.DEFAULT));
        assertThrows(InvalidRequest.class, () -> new Interrogator.Caption(1, 24, 23));
        assertThrows(InvalidRequest.class, () -> new Interrogator.Tagger(Path.of("m.onnx"), 1.5, null, false));
    }
}
