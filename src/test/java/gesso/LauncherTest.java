package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gesso.image.PictureFiles;
import gesso.library.Json;
import gesso.request.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, run as people run it. {@code ./gesso test} builds first, so that it finds a build that is current. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @TempDir
    Path folder;

    /** What a command line came to. */
    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void aStaleBuildWouldBeBuiltHereByMavenInsideMaven() throws Exception {
        Outcome current = sh("home=$PWD; . native/setup.sh; is_current");
        assumeTrue(current.code() == 0, "the launcher's build is stale; ./gesso --version renews it");
    }

    @Test
    void startsFromAnywhereThroughALinkWithASpace() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("my gesso"), PROJECT.resolve("gesso"));
        Outcome version = run(folder, link.toString(), "--version");
        assertEquals("", version.err());
        assertTrue(version.out().startsWith("gesso "), version.out());
    }

    @Test
    void aPromptInChineseBecomesAPictureInAnyLocale() throws Exception {
        Outcome made = run(
                folder,
                PROJECT.resolve("gesso").toString(),
                "generate",
                "红苹果",
                "--seed",
                "1",
                "--steps",
                "3",
                "--out",
                "画.png",
                "--json");
        assertEquals("", made.err());
        Path file = Path.of(String.valueOf(Json.readObject(made.out()).get("path")));
        assertEquals(folder.resolve("画.png"), file);
        assertEquals(new Size(128, 128), PictureFiles.read(file).size());
        Outcome info = run(folder, PROJECT.resolve("gesso").toString(), "info", "画.png");
        assertTrue(info.out().startsWith("红苹果\nSteps: 3, "), info.out());
    }

    @Test
    void badInputEndsWithCode2() throws Exception {
        Outcome refused = run(folder, PROJECT.resolve("gesso").toString(), "generate", "owl", "--size", "130x70");
        assertEquals(2, refused.code());
        assertEquals("", refused.out());
        assertEquals(1, refused.err().lines().count(), refused.err());
    }

    @Test
    void withoutAScreenItSaysWhatWorks() throws Exception {
        // Never the machine's own screen: a window would open there.
        Outcome refused = sh("unset DISPLAY; uname() { echo Linux; }; . ./gesso");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("gesso generate"), refused.err());
    }

    private Outcome sh(String script) throws Exception {
        return run(PROJECT, "sh", "-c", script, "./gesso");
    }

    /** Runs a command with settings, pictures and caches of its own, in a locale without UTF-8. */
    private Outcome run(Path where, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder process = new ProcessBuilder(List.of(command))
                .directory(where.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = process.environment();
        environment.put("GESSO_HOME", folder.resolve("home").toString());
        environment.put("LC_ALL", "C");
        environment.remove("GESSO_JAVA_ARGS");
        int code = process.start().waitFor();
        return new Outcome(code, text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
}
