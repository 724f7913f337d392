package gesso.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.Studio;
import gesso.command.GessoCommand;
import gesso.command.Terminal;
import gesso.library.Folders;
import gesso.library.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    private static final Path MERGES = Path.of("assets/tokenizer/clip-merges.txt.gz");

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theStarterIsMeasuredAndNothingIsLeft() throws IOException {
        assertEquals(0, run("--model", "gesso-starter", "--size", "64x64", "--steps", "2", "--json"), err.toString());
        Map<String, ?> result = Json.readObject(out.toString());
        assertEquals("64x64", result.get("size"));
        List<?> networks = (List<?>) result.get("networks");
        assertEquals(
                List.of("text encoder", "UNet", "VAE decoder"),
                networks == null
                        ? List.of()
                        : networks.stream().map(BenchCommandTest::name).toList());
        for (String seconds :
                List.of("unet_step_seconds", "vae_seconds", "strength_change_seconds", "picture_seconds")) {
            assertTrue(number(result, seconds) > 0, seconds);
        }
        double outside = number(result, "outside_onnxruntime_share");
        assertTrue(outside > 0 && outside < 1, "share " + outside);
        try (Stream<Path> left = Files.list(home.resolve("cache"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aControlNetAndOnlyMaskedInpaintingAreRatios() throws IOException {
        assertEquals(0, run("--control", "--model", "gesso-starter", "--size", "128x128", "--steps", "1"), err + "");
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size(), out.toString());
        assertTrue(lines.get(0).matches("ControlNet at 128x128: -?\\d+\\.\\d{3} × its own .*"), lines.get(0));
        assertTrue(lines.get(1).matches("only masked, 128x128 in 1024x1024: \\d+\\.\\d{3} × .*"), lines.get(1));
        try (Stream<Path> left = Files.list(home.resolve("cache"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void whatCannotBeMeasuredIsASentence() {
        assertEquals(2, run("--model", "gesso-starter", "--size", "130x70"));
        assertTrue(err.toString().contains("128x64 and 136x72"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void syntheticModelsHaveTheirFamiliesSizes() {
        // The checkpoints that people have: SD1.5 in fp16 is 2.13 GB, SDXL 6.94 GB (with its buffers).
        assertEquals(2.13, SyntheticModel.named("sd15-fp16").orElseThrow().bytes() / 1e9, 0.01);
        assertEquals(4.27, SyntheticModel.named("sd15").orElseThrow().bytes() / 1e9, 0.01);
        assertEquals(6.94, SyntheticModel.named("sdxl-fp16").orElseThrow().bytes() / 1e9, 0.01);
        assertTrue(SyntheticModel.named("sd3").isEmpty());
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        try (Studio studio = new Studio(Folders.under(home))) {
            BenchCommand bench = new BenchCommand(studio, terminal, () -> MERGES, home.resolve("cache"));
            String[] line =
                    Stream.concat(Stream.of("bench"), Stream.of(arguments)).toArray(String[]::new);
            return new GessoCommand(studio, terminal, Map.of("bench", bench)).run(line);
        }
    }

    private static Object name(Object network) {
        return String.valueOf(((Map<?, ?>) network).get("name"));
    }

    private static double number(Map<String, ?> result, String key) {
        return result.get(key) instanceof Number n ? n.doubleValue() : Double.NaN;
    }
}
