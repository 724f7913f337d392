package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.command.GessoCommand;
import gesso.command.Terminal;
import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.library.Folders;
import gesso.library.Json;
import gesso.request.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What diffusers' ControlNet pipelines made of small models (src/test/goldens/control) against what the command line makes
 * with the same settings in diffusers' profile: no value further off than one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPicturesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/control");

    @TempDir
    static Path folder;

    private Studio studio;
    private FamilyCheckpoints files;

    @BeforeAll
    void open() {
        studio = new Studio(Folders.under(folder.resolve("home")));
        files = new FamilyCheckpoints(folder, "control");
        List.of("sd1-ldm", "sd1-diffusers", "sd2-control", "sdxl-control").forEach(files::file);
    }

    @AfterAll
    void close() {
        studio.close();
    }

    record Golden(String name, String model, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() throws IOException {
        List<Golden> all = new ArrayList<>();
        for (Object line :
                (List<?>) Objects.requireNonNull(Json.read(Files.readString(GOLDENS.resolve("pictures.json"))))) {
            Map<?, ?> picture = (Map<?, ?>) line;
            List<String> arguments = ((List<?>) Objects.requireNonNull(picture.get("gesso")))
                    .stream()
                            .map(String::valueOf)
                            .map(ControlPicturesTest::placed)
                            .toList();
            all.add(new Golden(String.valueOf(picture.get("name")), String.valueOf(picture.get("model")), arguments));
        }
        return all.stream();
    }

    /** With the folders of the files that it names. */
    private static String placed(String argument) {
        if (argument.startsWith("@")) {
            return argument.replace("@", folder + "/")
                    .replace("=hint.png", "=" + GOLDENS.resolve("hint.png"))
                    .replace("=edges.png", "=" + GOLDENS.resolve("edges.png"));
        }
        return argument.endsWith(".png") ? GOLDENS.resolve(argument).toString() : argument;
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isThePictureThatDiffusersMakes(Golden golden) throws IOException {
        Path out = folder.resolve(golden.name() + ".png");
        StringWriter errors = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("generate", "--device", "cpu", "--quiet", "--out", out + ""));
        arguments.addAll(golden.arguments());
        arguments.addAll(List.of("--model", files.file(golden.model()).toString()));
        assertEquals(0, run(arguments, errors), errors.toString());
        assertTrue(difference(GOLDENS.resolve(golden.name() + ".png"), out) <= 1);
    }

    /** A map that is grey everywhere is a smaller weight, 0.7 · 51/255; a white one none at all. */
    @Test
    void aGreyWeightMapIsASmallerWeight() throws IOException {
        Path grey = flat("grey", 51);
        Path white = flat("white", 255);
        assertTrue(difference(made("light", "weight=0.14"), made("grey-map", "weight=0.7,weight-map=" + grey)) <= 1);
        Path one = GOLDENS.resolve("one.png");
        assertTrue(difference(one, made("white-map", "weight=0.7,weight-map=" + white)) <= 1);
        assertTrue(difference(one, folder.resolve("light.png")) > 1);
    }

    private static Path flat(String name, int grey) throws IOException {
        int[] argb = new int[32 * 16];
        Arrays.fill(argb, 0xFF000000 | grey * 0x010101);
        Path file = folder.resolve(name + ".png");
        Files.write(file, PngWriter.encode(new Picture(32, 16, argb), List.of()));
        return file;
    }

    /** The first golden with other settings of its ControlNet. */
    private Path made(String name, String settings) throws IOException {
        Golden one = goldens().findFirst().orElseThrow();
        Path out = folder.resolve(name + ".png");
        StringWriter errors = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("generate", "--device", "cpu", "--quiet", "--out", out + ""));
        one.arguments().stream().map(a -> a.replace("weight=0.7", settings)).forEach(arguments::add);
        arguments.addAll(List.of("--model", files.file(one.model()).toString()));
        assertEquals(0, run(arguments, errors), errors.toString());
        return out;
    }

    @Test
    void aControlNetOfAnotherFamilyIsRefusedNamingBoth() {
        StringWriter errors = new StringWriter();
        int exit = run(
                List.of(
                        "generate",
                        "x",
                        "--device",
                        "cpu",
                        "--model",
                        files.file("sd1").toString(),
                        "--out",
                        folder.resolve("no.png").toString(),
                        "--control",
                        files.file("sdxl-control") + "=" + GOLDENS.resolve("hint.png")),
                errors);
        assertEquals(2, exit, errors.toString());
        assertTrue(errors.toString().contains("Stable Diffusion XL"), errors.toString());
        assertTrue(errors.toString().contains("sd1"), errors.toString());
    }

    private int run(List<String> arguments, StringWriter errors) {
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(errors), false);
        return new GessoCommand(studio, terminal, Map.of()).run(arguments.toArray(new String[0]));
    }

    private static int difference(Path wanted, Path made) {
        Picture a = PictureFiles.read(wanted);
        Picture b = PictureFiles.read(made);
        assertEquals(a.size(), b.size());
        int largest = 0;
        for (int i = 0; i < a.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                largest = Math.max(largest, Math.abs((a.argb()[i] >> shift & 255) - (b.argb()[i] >> shift & 255)));
            }
        }
        return largest;
    }
}
