package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PictureFiles;
import gesso.library.Json;
import gesso.request.Interrogation;
import gesso.request.Interrogator;
import gesso.request.ScoredWord;
import gesso.request.WordGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterrogateCommandTest {
    @TempDir
    Path home;

    private FakeWorkshop workshop;
    private String picture;

    @BeforeEach
    void begin() throws IOException {
        workshop = new FakeWorkshop(home);
        assertEquals(
                0,
                workshop.run(
                        "generate",
                        "x",
                        "--steps",
                        "1",
                        "--quiet",
                        "--out",
                        home.resolve("x.png").toString()));
        picture = home.resolve("x.png").toString();
        workshop.out.getBuffer().setLength(0);
        workshop.err.getBuffer().setLength(0);
        Files.writeString(home.resolve("models/gesso-starter.icons.txt"), "fox\nowl (snowy)\n");
        workshop.words = new Interrogation(
                List.of(
                        new ScoredWord(WordGroup.TAGS, "owl (snowy)", 0.91234),
                        new ScoredWord(WordGroup.MEDIUM, "an etching", 0.25)),
                List.of("Of two words."));
    }

    @Test
    void thePromptIsPrintedAndThenTheGroupsWithTheirScores() {
        assertEquals(0, workshop.run("interrogate", picture));
        assertEquals(
                List.of(
                        "owl \\(snowy\\), an etching",
                        "",
                        "tags",
                        "  0.912  owl (snowy)",
                        "",
                        "medium",
                        "  0.250  an etching"),
                workshop.printed().lines().toList());
        assertEquals("Of two words.", workshop.said());
        Interrogator.Denoising by = assertInstanceOf(
                Interrogator.Denoising.class, workshop.interrogations.get(0).by());
        assertEquals(List.of("fox", "owl (snowy)"), by.lists().get(0).words());
        assertEquals(
                PictureFiles.read(Path.of(picture)),
                workshop.interrogations.get(0).picture());
    }

    @Test
    void asJson() {
        assertEquals(0, workshop.run("interrogate", picture, "--json"));
        Map<String, ?> printed = Json.readObject(workshop.printed());
        assertEquals(picture, printed.get("file"));
        assertEquals("owl \\(snowy\\), an etching", printed.get("prompt"));
        assertEquals(List.of("Of two words."), printed.get("notices"));
        assertEquals(
                List.of(
                        Map.of("group", "tags", "text", "owl (snowy)", "score", 0.9123),
                        Map.of("group", "medium", "text", "an etching", "score", 0.25)),
                printed.get("words"));
    }

    @Test
    void whatIsWrongIsOneSentence() {
        wrong("There is no picture at nowhere.png.", "interrogate", "nowhere.png");
        wrong("There is no folder nowhere.", "interrogate", picture, "--lists", "nowhere");
        wrong("--threshold and --alphabetical belong to --tags.", "interrogate", picture, "--threshold", "0.5");
        wrong("There is no tagger; put its .onnx file", "interrogate", picture, "--tags");
        wrong("There is no model \"starters\"", "interrogate", picture, "--model", "starters");
        wrong("interrogate needs FILE.", "interrogate");
    }

    private void wrong(String sentence, String... arguments) {
        workshop.err.getBuffer().setLength(0);
        assertEquals(2, workshop.run(arguments));
        assertTrue(workshop.said().startsWith(sentence), workshop.said());
        assertEquals(1, workshop.said().lines().count());
        assertEquals("", workshop.printed());
    }
}
