package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.image.Resampling;
import gesso.image.TextChunk;
import gesso.image.control.Preprocessor;
import gesso.image.metadata.PictureMetadata;
import gesso.library.Json;
import gesso.request.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gesso upscale} and {@code gesso preprocess}. */
class PictureCommandsTest {
    private static final String SETTINGS = "owl\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 40x24";

    @TempDir
    Path home;

    private final Picture source = noise(40, 24);
    private FakeWorkshop gesso = new FakeWorkshop(Path.of("target"));

    @BeforeEach
    void open() throws IOException {
        gesso = new FakeWorkshop(home);
        byte[] file = PngWriter.encode(source, List.of(new TextChunk("parameters", SETTINGS)));
        Files.write(home.resolve("owl.png"), file);
    }

    @Test
    void aLargerPictureLiesBesideTheOldOneAndKeepsItsParameters() {
        Path made = home.resolve("owl-2.5x.png");
        assertEquals(0, gesso.run("upscale", owl(), "--by", "2.5"), gesso.said());
        assertEquals(made.toString(), gesso.printed());
        assertEquals(Resampling.LANCZOS.resize(source, 100, 60), PictureFiles.read(made));
        assertEquals(SETTINGS, PictureMetadata.read(made).parameters().orElseThrow());
    }

    @Test
    void itsUpscalerAndFileCanBeNamed() {
        Path made = home.resolve("large.png");
        assertEquals(
                0,
                gesso.run("upscale", owl(), "--by", "2", "--upscaler", "nearest", "--out", made.toString(), "--json"));
        assertEquals(Resampling.NEAREST.resize(source, 80, 48), PictureFiles.read(made));
        assertEquals("80x48", Json.readObject(gesso.printed()).get("size"));
        // Nothing is ever overwritten.
        gesso = new FakeWorkshop(home);
        assertEquals(0, gesso.run("upscale", owl(), "--by", "2", "--out", made.toString()));
        assertEquals(home.resolve("large-2.png").toString(), gesso.printed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upscale owl.png                             | --by needs a value: --by X.",
                "upscale owl.png --by 0.5                    | --by must be between 1 and 16, not 0.5.",
                "upscale owl.png --by NaN                    | --by must be between 1 and 16, not NaN.",
                "upscale owl.png --by 2 --out big.jpg        | Pictures are written as PNG: give big.jpg a name that ends in .png, or name a folder.",
                "upscale owl.png --by 2 --upscaler Lancsoz   | There is no upscaler \"Lancsoz\"; did you mean Lanczos?",
                "preprocess cannny owl.png                   | There is no preprocessor \"cannny\"; did you mean canny?",
                "preprocess canny                            | preprocess needs FILE.",
                "preprocess canny owl.png --low 0            | A threshold of canny must be between 1 and 255, not 0.",
                "preprocess canny owl.png --resolution 0     | A control image's resolution must be between 1 and 4096, not 0.",
                "preprocess invert owl.png --resolution 64   | --resolution does nothing with invert.",
                "preprocess scribble owl.png --high 3        | --high does nothing with scribble_xdog.",
                "preprocess none owl.png --low 3             | --low does nothing with none."
            })
    void whatCannotBeIsASentenceAndNoFile(String line, String sentence) throws IOException {
        String[] words = line.strip().split(" +", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] =
                    words[i].matches(".*\\.(png|jpg)") ? home.resolve(words[i]).toString() : words[i];
        }
        assertEquals(2, gesso.run(words));
        assertTrue(gesso.said().replace(home + "/", "").startsWith(sentence), gesso.said());
        assertEquals(1, gesso.said().lines().count());
        assertEquals("", gesso.printed());
        assertFalse(Files.exists(home.resolve("big.jpg")));
    }

    @Test
    void modelsInFoldersNamedForThemAreUpscalers() throws IOException {
        Path folder = Files.createDirectories(home.resolve("models/ESRGAN"));
        Files.createFile(folder.resolve("4x-Sharp.pth"));
        Files.createDirectories(home.resolve("models/SwinIR"));
        Files.createFile(home.resolve("models/SwinIR/Swin.safetensors"));
        assertEquals(
                List.of("None", "Lanczos", "Nearest", "4x-Sharp", "Swin"),
                gesso.models().upscalers());
        assertEquals(folder.resolve("4x-Sharp.pth"), gesso.models().upscaler("4x-sharp"));
    }

    @Test
    void aControlImageIsThePreprocessorsOwn() {
        Path made = home.resolve("edges.png");
        assertEquals(
                0,
                gesso.run(
                        "preprocess",
                        "canny",
                        owl(),
                        "--low",
                        "50",
                        "--high",
                        "90",
                        "--resolution",
                        "64",
                        "--out",
                        made.toString()),
                gesso.said());
        Picture edges = Preprocessor.CANNY.apply(source, 64, 50, 90);
        assertEquals(edges, PictureFiles.read(made));
    }

    @Test
    void shortNamesAndDefaults() {
        assertEquals(0, gesso.run("preprocess", "lineart", owl()), gesso.said());
        Path made = home.resolve("owl-lineart_standard.png");
        assertEquals(made.toString(), gesso.printed());
        assertEquals(Preprocessor.LINEART.apply(source, 24, 0, 0), PictureFiles.read(made));
    }

    private String owl() {
        return home.resolve("owl.png").toString();
    }

    private static Picture noise(int width, int height) {
        int[] pixels = new Random(5)
                .ints((long) width * height)
                .map(p -> p | 0xFF000000)
                .toArray();
        return new Picture(width, height, pixels);
    }
}
