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
 * What diffusers' own pipelines made of the starter model (src/test/goldens/pictures) against what the command line makes with
 * the same settings in diffusers' profile: no value further off than one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffusersPicturesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/pictures");

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

    record Golden(String name, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() throws IOException {
        List<Golden> all = new ArrayList<>();
        String json = Files.readString(GOLDENS.resolve("pictures.json"));
        for (Object line : (List<?>) Objects.requireNonNull(Json.read(json))) {
            Map<?, ?> picture = (Map<?, ?>) line;
            List<String> arguments = ((List<?>) Objects.requireNonNull(picture.get("gesso")))
                    .stream()
                            .map(String::valueOf)
                            .map(a -> a.endsWith(".png") ? GOLDENS.resolve(a).toString() : a)
                            .toList();
            all.add(new Golden(String.valueOf(picture.get("name")), arguments));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isThePictureThatDiffusersMakes(Golden golden) throws IOException {
        Path out = folder.resolve(golden.name() + ".png");
        StringWriter errors = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(errors), false);
        List<String> arguments = new ArrayList<>(List.of("generate", "--device", "cpu", "--quiet", "--out", out + ""));
        arguments.addAll(golden.arguments());
        int exit = new GessoCommand(studio, terminal, Map.of()).run(arguments.toArray(new String[0]));
        assertEquals(0, exit, errors.toString());
        Picture wanted = PictureFiles.read(GOLDENS.resolve(golden.name() + ".png"));
        Picture made = PictureFiles.read(out);
        assertEquals(wanted.size(), made.size());
        int largest = 0;
        for (int i = 0; i < wanted.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int d = (wanted.argb()[i] >> shift & 255) - (made.argb()[i] >> shift & 255);
                largest = Math.max(largest, Math.abs(d));
            }
        }
        assertTrue(largest <= 1, "a value is off by " + largest);
    }
}
