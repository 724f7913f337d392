package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PngWriter;
import gesso.library.Json;
import gesso.request.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OtherCommandsTest {
    @TempDir
    Path home;

    private FakeWorkshop gesso = new FakeWorkshop(Path.of("target"));

    @BeforeEach
    void open() {
        gesso = new FakeWorkshop(home);
    }

    @Test
    void modelsAreListedWithTheFoldersTheyAreLookedForIn() {
        assertEquals(0, gesso.run("models", "--json"));
        Map<String, ?> all = Json.readObject(gesso.printed());
        assertEquals(List.of(home.resolve("models").toString()), all.get("folders"));
        assertTrue(all.get("models") instanceof List<?> models && models.size() == 2);
    }

    @Test
    void modelsForPeople() {
        assertEquals(0, gesso.run("models"));
        assertTrue(gesso.printed().startsWith("Checkpoints:\ngesso-starter "), gesso.printed());
        assertTrue(gesso.printed().endsWith("\n  " + home.resolve("models")), gesso.printed());
    }

    @Test
    void devicesSayWhyTheyCannotRun() {
        assertEquals(0, gesso.run("devices"));
        assertEquals("cuda      CUDA cannot be used: there is no driver.\ncpu       works", gesso.printed());
        gesso = new FakeWorkshop(home);
        assertEquals(0, gesso.run("devices", "--json"));
        assertEquals(
                List.of(
                        Map.of(
                                "device", "cuda",
                                "name", "CUDA",
                                "works", false,
                                "problem", "CUDA cannot be used: there is no driver."),
                        Map.of("device", "cpu", "name", "CPU", "works", true)),
                Json.read(gesso.printed()));
    }

    @Test
    void aModelFileIsDescribed() throws IOException {
        Path file = Files.writeString(home.resolve("some.safetensors"), "weights");
        assertEquals(0, gesso.run("info", file.toString(), "--json"), gesso.said());
        Map<String, ?> facts = Json.readObject(gesso.printed());
        assertEquals("Stable Diffusion 1", facts.get("architecture"));
        assertEquals("fp16", facts.get("precision"));
        assertEquals(7, facts.get("bytes"));
        // Python: hashlib.sha256(b"weights").hexdigest()
        assertEquals("9a129038d9a00aed", String.valueOf(facts.get("sha256")).substring(0, 16));
    }

    @Test
    void aPicturesParametersAreRead() {
        assertEquals(0, gesso.run("generate", "red apple", "--negative", "worm", "--seed", "7", "--steps", "9"));
        String file = gesso.printed();
        gesso = new FakeWorkshop(home);
        assertEquals(0, gesso.run("info", file), gesso.said());
        assertTrue(gesso.printed().startsWith("red apple\nNegative prompt: worm\nSteps: 9, "), gesso.printed());
        gesso = new FakeWorkshop(home);
        assertEquals(0, gesso.run("info", file, "--json"), gesso.said());
        Map<String, ?> facts = Json.readObject(gesso.printed());
        assertEquals("Gesso", facts.get("program"));
        assertEquals("worm", facts.get("negative_prompt"));
        assertEquals("7", facts.get("settings") instanceof Map<?, ?> settings ? settings.get("Seed") : null);
    }

    @Test
    void aPictureWithoutParametersIsNoFault() throws IOException {
        Path file = home.resolve("plain.png");
        Files.write(file, PngWriter.encode(new Picture(8, 8, new int[64]), List.of()));
        assertEquals(0, gesso.run("info", file.toString()), gesso.said());
        assertEquals(file + " does not say how it was made.", gesso.printed());
    }

    @Test
    void filesThatAreNone() {
        assertEquals(2, gesso.run("info", "nowhere.png"));
        assertEquals("There is no file nowhere.png.", gesso.said());
        gesso = new FakeWorkshop(home);
        assertEquals(2, gesso.run("info", home.toString()));
        assertEquals(
                home + " is a folder, and no model; name a picture, a model file or a model's folder.", gesso.said());
    }

    @Test
    void aCommandThatIsNone() {
        assertEquals(2, gesso.run("genrate", "owl"));
        assertEquals("There is no command genrate; did you mean generate?", gesso.said());
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        assertEquals(0, gesso.run());
        for (String command : List.of("generate", "info", "models", "devices", "prompt")) {
            assertTrue(gesso.printed().contains("  " + command), command);
        }
    }

    @Test
    void aPromptIsShownOnOneLineOfJson() {
        assertEquals(0, gesso.run("prompt", "a (cat:1.2)", "--steps", "8", "--json"), gesso.said());
        assertEquals(
                "{\"parts\":[{\"weight\":1.0,\"schedule\":[{\"until\":8,\"text\":\"a (cat:1.2)\","
                        + "\"emphasis\":[[\"a \",1.0],[\"cat\",1.2]]}]}]}",
                gesso.printed());
    }

    @Test
    void aBreakIsTold() {
        assertEquals(0, gesso.run("prompt", "a BREAK b", "--steps", "1", "--json"), gesso.said());
        assertTrue(gesso.printed().contains("[[\"a\",1.0],[\"BREAK\",-1],[\"b\",1.0]]"), gesso.printed());
    }

    @Test
    void promptsAreReadLineByLine() {
        assertEquals(0, batch("{\"text\":\"小熊猫\",\"steps\":3}\n\n{\"text\":\"\"}\n"), gesso.said());
        List<String> lines = gesso.printed().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).contains("\"until\":3,\"text\":\"小熊猫\""), lines.get(0));
        assertTrue(lines.get(1).contains("\"until\":20,\"text\":\"\""), lines.get(1));
    }

    @Test
    void aLineThatIsNoQuestionIsTold() {
        assertEquals(2, batch("{\"text\":\"a\",\"steps\":\"many\"}"));
        assertEquals("\"steps\" in line 1 is no whole number.", gesso.said());
    }

    private int batch(String lines) {
        Terminal terminal = new Terminal(new PrintWriter(gesso.out), new PrintWriter(gesso.err), false);
        PromptCommand command =
                new PromptCommand(gesso, terminal, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(command)
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    terminal.say(String.valueOf(error.getMessage()));
                    return ExitCode.of(error);
                })
                .execute("--batch", "-", "--json");
    }
}
