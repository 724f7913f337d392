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
import java.io.UncheckedIOException;
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
 * What diffusers' own pipelines made of the starter model (src/test/goldens/pictures) and of small models of every family
 * (src/test/goldens/families), and with networks and embeddings (src/test/goldens/lora, embeddings), against what the command
 * line makes with the same settings in diffusers' profile: no value further off than one. Where A1111 means something else, its
 * formulas were written down (a1111.py), and its profile makes that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffusersPicturesTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    static Path folder;

    private Studio studio;
    private FamilyCheckpoints checkpoints;

    @BeforeAll
    void open() throws IOException {
        Path loras = Files.createDirectories(folder.resolve("home/models/Lora/styles"));
        Files.copy(RESOURCES.resolve("lora/pictures/ink.safetensors"), loras.resolve("ink.safetensors"));
        Files.copy(RESOURCES.resolve("families/networks/mist.safetensors"), loras.resolve("mist.safetensors"));
        Path embeddings = Files.createDirectories(folder.resolve("home/models/embeddings"));
        for (String name : List.of("zorbl.pt", "vmagi.bin", "kwyjibo three.safetensors", "gribnix.safetensors")) {
            Files.copy(RESOURCES.resolve("embeddings").resolve(name), embeddings.resolve(name));
        }
        studio = new Studio(Folders.under(folder.resolve("home")));
        checkpoints = new FamilyCheckpoints(folder);
    }

    @AfterAll
    void close() {
        studio.close();
    }

    /** @param model of {@link FamilyCheckpoints}; "null": the starter */
    record Golden(String name, String model, Path picture, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() {
        return Stream.of("pictures", "families", "families/networks", "lora/pictures", "embeddings")
                .flatMap(folder -> goldens(RESOURCES.resolve(folder)));
    }

    private static Stream<Golden> goldens(Path goldens) {
        List<Golden> all = new ArrayList<>();
        for (Object line : lines(goldens.resolve("pictures.json"))) {
            Map<?, ?> picture = (Map<?, ?>) line;
            List<String> arguments = ((List<?>) Objects.requireNonNull(picture.get("gesso")))
                    .stream()
                            .map(String::valueOf)
                            .map(a -> a.endsWith(".png") ? goldens.resolve(a).toString() : a)
                            .toList();
            String name = String.valueOf(picture.get("name"));
            all.add(new Golden(name, String.valueOf(picture.get("model")), goldens.resolve(name + ".png"), arguments));
        }
        return all.stream();
    }

    private static List<?> lines(Path file) {
        try {
            return (List<?>) Objects.requireNonNull(Json.read(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isThePictureThatDiffusersMakes(Golden golden) throws IOException {
        Path out = folder.resolve(golden.name() + ".png");
        StringWriter errors = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(errors), false);
        List<String> arguments = new ArrayList<>(List.of("generate", "--device", "cpu", "--quiet", "--out", out + ""));
        arguments.addAll(golden.arguments());
        if (!golden.model().equals("null")) {
            arguments.addAll(List.of("--model", checkpoints.file(golden.model()).toString()));
        }
        int refiner = arguments.indexOf("--refiner");
        if (refiner >= 0) {
            arguments.set(
                    refiner + 1, checkpoints.file(arguments.get(refiner + 1)).toString());
        }
        int exit = new GessoCommand(studio, terminal, Map.of()).run(arguments.toArray(new String[0]));
        assertEquals(0, exit, errors.toString());
        Picture wanted = PictureFiles.read(golden.picture());
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
