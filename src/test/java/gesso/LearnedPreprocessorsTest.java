package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.command.GessoCommand;
import gesso.command.Terminal;
import gesso.image.PictureFiles;
import gesso.library.Folders;
import gesso.library.HashCache;
import gesso.library.ModelFolders;
import gesso.library.PreprocessorFiles;
import gesso.request.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Preprocessors that are ONNX files, from the command line to the file, against onnxruntime between OpenCV and numpy
 * (src/test/goldens/control/make_annotators.py).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LearnedPreprocessorsTest {
    private static final Path GOLDENS = Path.of("src/test/resources/control/annotators");
    private static final Path SOURCE = Path.of("src/test/resources/image/control/source.png");

    @TempDir
    static Path folder;

    private Studio studio;
    private Path annotators;
    private final StringWriter said = new StringWriter();

    @BeforeAll
    void open() throws IOException {
        Folders folders = Folders.under(folder.resolve("home"));
        annotators = Files.createDirectories(folders.models().resolve("annotators"));
        try (Stream<Path> files = Files.list(GOLDENS)) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".png")).toList()) {
                Files.copy(file, annotators.resolve(file.getFileName()));
            }
        }
        studio = new Studio(folders);
    }

    @AfterAll
    void close() {
        studio.close();
    }

    @ParameterizedTest
    @CsvSource({
        "depth_midas, depth_midas, 84",
        "softedge, table5_pidinet, 128",
        "lineart_realistic, sk_model, 70",
        "normal_bae, normal_bae, 84",
        "wash, wash, 84",
        "manga, manga, 64"
    })
    void drawsWhatNumpyDraws(String name, String golden, int resolution) {
        Path out = folder.resolve(golden + ".png");
        assertEquals(
                0, run("preprocess", name, SOURCE + "", "--resolution", resolution + "", "--out", out + ""), said());
        Picture wanted = PictureFiles.read(GOLDENS.resolve(golden + "-" + resolution + ".png"));
        Picture made = PictureFiles.read(out);
        assertEquals(wanted.size(), made.size());
        int off = 0;
        for (int i = 0; i < wanted.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int d = Math.abs((wanted.argb()[i] >> shift & 255) - (made.argb()[i] >> shift & 255));
                assertTrue(d <= 2, golden + " differs by " + d);
                off += d > 1 ? 1 : 0;
            }
        }
        assertTrue(off <= wanted.argb().length * 3 / 1000, off + " values");
        assertTrue(Arrays.stream(made.argb()).distinct().count() > 20);
    }

    @Test
    void aControlNetFollowsWhatANetworkDraws() throws IOException {
        FamilyCheckpoints files = new FamilyCheckpoints(folder, "control");
        String control = files.file("sd1-ldm") + "=" + SOURCE;
        Path drawn = folder.resolve("drawn.png");
        assertEquals(0, run("preprocess", "depth", SOURCE + "", "--resolution", "512", "--out", drawn + ""), said());
        byte[] learned = generate("learned", files, control + ",preprocessor=depth");
        assertTrue(Arrays.equals(learned, generate("drawn", files, files.file("sd1-ldm") + "=" + drawn)));
        assertFalse(Arrays.equals(learned, generate("plain", files, control)));
    }

    /** @return the pixels */
    private byte[] generate(String name, FamilyCheckpoints files, String control) throws IOException {
        Path out = folder.resolve("generated-" + name + ".png");
        int exit =
                run("generate|x|--device|cpu|--quiet|--steps|2|--seed|1|--size|64x64|--model|%s|--out|%s|--control|%s"
                        .formatted(files.file("sd1"), out, control)
                        .split("\\|", -1));
        assertEquals(0, exit, said());
        return Arrays.toString(PictureFiles.read(out).argb()).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void filesAreFoundByTheExtensionsNamesAndTheirOwn() throws IOException {
        Path root = folder.resolve("webui");
        Path models = Files.createDirectories(root.resolve("models/Stable-diffusion"));
        Path downloads = root.resolve("extensions/sd-webui-controlnet/annotator/downloads");
        for (String file : List.of(
                "hed/ControlNetHED.onnx",
                "pidinet/table5_pidinet.onnx",
                "lineart/sk_model.onnx",
                "lineart/sk_model2.onnx",
                "lineart_anime/netG.onnx",
                "midas/dpt_hybrid-midas-501f0c75.onnx",
                "depth_anything/vitl.onnx",
                "leres/res101.onnx",
                "normal_bae/scannet.onnx",
                "sketched.onnx",
                "hed/model.pth")) {
            Files.createDirectories(downloads.resolve(file).getParent());
            Files.createFile(downloads.resolve(file));
        }
        PreprocessorFiles found =
                new PreprocessorFiles(new ModelFolders(List.of(models), new HashCache(folder.resolve("cache")), null));
        assertEquals(
                List.of(
                        "depth_anything",
                        "depth_leres",
                        "depth_midas",
                        "lineart_anime",
                        "lineart_coarse",
                        "lineart_realistic",
                        "normal_bae",
                        "sketched",
                        "softedge_hed",
                        "softedge_pidinet"),
                found.files().keySet().stream().sorted().toList());
        assertEquals("softedge_hed", found.find("controlnethed").name());
        assertEquals("depth_midas", found.find("Depth_MiDaS").name());
        assertEquals("normal_bae", found.find("normal").name());
        // No checkpoint, and nothing that goes with one.
        ModelFolders all = new ModelFolders(List.of(root), new HashCache(folder.resolve("cache")), null);
        assertEquals(List.of(), all.checkpoints());
        assertEquals(found.files(), new PreprocessorFiles(all).files());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openpose       |                                    | The preprocessor \"openpose\" needs a network that is not there; put its .onnx file into ",
                "softedge_hed   |                                    | The preprocessor \"softedge_hed\" needs a network that is not there; put its .onnx file into ",
                "depth_midsa    |                                    | There is no preprocessor \"depth_midsa\"; did you mean depth_midas",
                "noted          | {\"range\": [1, 0]}                | In noted.json, the notes on a preprocessor, \"range\" must be \"minmax\", or two numbers, the smaller first.",
                "noted          | {\"mean\": [1, 2]}                 | In noted.json, the notes on a preprocessor, \"mean\" must be a number, or three.",
                "noted          | {\"std\": 0}                       | In noted.json, the notes on a preprocessor, \"std\" must be a number, or three.",
                "noted          | {\"white\": \"x\"}                 | In noted.json, the notes on a preprocessor, \"white\" must be a number from 1 to 255.",
                "noted          | {\"invert\": 1}                    | In noted.json, the notes on a preprocessor, \"invert\" must be true or false.",
                "noted          | {\"output\": \"nothing\"}          | The preprocessor in ",
                "broken         |                                    | broken.onnx ",
                "empty          |                                    | empty.onnx "
            })
    void whatCannotBeIsASentence(String name, String notes, String sentence) throws IOException {
        Path file = annotators.resolve(name + ".onnx");
        Path beside = annotators.resolve(name + ".json");
        try {
            switch (name) {
                case "noted" -> {
                    Files.copy(GOLDENS.resolve("sk_model.onnx"), file);
                    Files.writeString(beside, notes);
                }
                case "broken" ->
                    Files.write(file, Arrays.copyOf(Files.readAllBytes(GOLDENS.resolve("wash.onnx")), 300));
                case "empty" -> Files.createFile(file);
                default -> {}
            }
            Path out = folder.resolve("none.png");
            assertEquals(2, run("preprocess", name, SOURCE + "", "--out", out + ""), said());
            assertTrue(said().startsWith(sentence), said());
            assertEquals(1, said().strip().lines().count(), said());
            assertFalse(Files.exists(out));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(beside);
        }
    }

    private String said() {
        return said.toString();
    }

    private int run(String... arguments) {
        said.getBuffer().setLength(0);
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(said), false);
        return new GessoCommand(studio, terminal, Map.of()).run(arguments);
    }
}
