package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.command.GessoCommand;
import gesso.command.Terminal;
import gesso.image.PictureFiles;
import gesso.library.Folders;
import gesso.library.Json;
import gesso.request.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same settings give the same picture: what A1111 itself made on the starter models (src/test/resources/a1111) against
 * what the command line makes with the same arguments. A1111 cuts to 8 bits, so a value may be off by one; 999 of 1,000
 * must be no further.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class A1111PicturesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/a1111");
    private static final double MOST_BEYOND_ONE = 0.001;

    @TempDir
    static Path folder;

    private Studio studio;

    @BeforeAll
    void open() {
        studio = new Studio(Folders.under(folder.resolve("home")));
    }

    @AfterAll
    void close() {
        studio.close();
    }

    /** A line of requests.json: the name in the test's report, and the rest. */
    record Golden(String set, String name, List<String> arguments, int pictures) {
        @Override
        public String toString() {
            return set + "/" + name;
        }
    }

    static Stream<Golden> goldens() throws IOException {
        List<Golden> all = new ArrayList<>();
        for (String set : List.of("starter", "inpainting")) {
            String seedBefore = "";
            String json = Files.readString(GOLDENS.resolve(set).resolve("requests.json"));
            for (Object line : (List<?>) Objects.requireNonNull(Json.read(json))) {
                Map<?, ?> request = (Map<?, ?>) line;
                List<String> arguments = new ArrayList<>();
                for (Object argument : (List<?>) Objects.requireNonNull(request.get("gesso"))) {
                    // Pictures are given by their file's name.
                    Path file = GOLDENS.resolve(set).resolve(String.valueOf(argument));
                    arguments.add(
                            String.valueOf(argument).endsWith(".png") ? file.toString() : String.valueOf(argument));
                }
                // A1111's VAE reads a source with noise from torch's generator, which the picture before had seeded.
                if (arguments.contains("--image") && !seedBefore.isEmpty()) {
                    arguments.addAll(List.of("--encode-seed", seedBefore));
                }
                seedBefore = arguments.get(arguments.indexOf("--seed") + 1);
                all.add(new Golden(
                        set,
                        String.valueOf(request.get("name")),
                        arguments,
                        ((Number) Objects.requireNonNull(request.get("pictures"))).intValue()));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isThePictureThatA1111Makes(Golden golden) throws IOException {
        Path out = Files.createDirectories(folder.resolve(golden.set()).resolve(golden.name()));
        StringWriter errors = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(errors), false);
        List<String> arguments = new ArrayList<>(List.of("generate", "--device", "cpu", "--quiet", "--out", out + "/"));
        arguments.addAll(golden.arguments());
        int exit = new GessoCommand(studio, terminal, Map.of()).run(arguments.toArray(new String[0]));
        assertEquals(0, exit, errors.toString());
        List<Path> made;
        try (Stream<Path> files = Files.list(out)) {
            made = files.sorted().toList();
        }
        assertEquals(golden.pictures(), made.size());
        for (int i = 0; i < made.size(); i++) {
            String suffix = golden.pictures() > 1 ? "." + i + ".png" : ".png";
            Path wanted = GOLDENS.resolve(golden.set()).resolve(golden.name() + suffix);
            compare(PictureFiles.read(wanted), PictureFiles.read(made.get(i)));
        }
    }

    private static void compare(Picture wanted, Picture made) {
        assertEquals(wanted.size(), made.size());
        int beyond = 0;
        int largest = 0;
        for (int i = 0; i < wanted.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int d = Math.abs((wanted.argb()[i] >> shift & 255) - (made.argb()[i] >> shift & 255));
                largest = Math.max(largest, d);
                beyond += d > 1 ? 1 : 0;
            }
        }
        double share = beyond / (3.0 * wanted.argb().length);
        assertTrue(
                share <= MOST_BEYOND_ONE,
                "%.3f %% of the values are off by more than one, the largest by %d".formatted(100 * share, largest));
    }
}
