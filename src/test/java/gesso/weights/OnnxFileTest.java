package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxFileTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectories(root.resolve("unet"));
        Files.write(folder.resolve("data.bin"), new byte[5000]);
        Files.createDirectories(folder.resolve("more"));
        Files.write(folder.resolve("more/data.bin"), new byte[5000]);
        Files.write(root.resolve("secret.bin"), new byte[5000]);
        Files.createSymbolicLink(folder.resolve("link.bin"), root.resolve("secret.bin"));
        Files.createSymbolicLink(folder.resolve("inside.bin"), folder.resolve("data.bin"));
    }

    private OnnxFile open(byte[] bytes) {
        return OnnxFile.open(Fixtures.write(folder.resolve("model.onnx"), bytes));
    }

    private String refusal(byte[] bytes) {
        return assertThrows(BadInput.class, () -> open(bytes)).sentence();
    }

    @ParameterizedTest
    @CsvSource({"data.bin, 100, data.bin", "more/data.bin, 2952, more/data.bin", "inside.bin, 0, data.bin"})
    void weightsBesideTheFile(String location, String offset, String file) throws IOException {
        OnnxFile opened = open(OnnxBytes.model(OnnxBytes.external("w", location, offset, "2048")));
        OnnxTensor tensor = opened.tensors().get(0);
        assertNull(tensor.inline());
        assertEquals(folder.resolve(file).toRealPath(), tensor.file());
        assertEquals(Long.parseLong(offset), tensor.offset());
        assertEquals(2048, tensor.length());
        assertEquals("x", opened.inputs().get(0).name());
        assertArrayEquals(new long[] {-1, 4}, opened.inputs().get(0).dims());
    }

    /** Large values in the file itself are left there, small ones are taken along. */
    @Test
    void weightsInTheFile() {
        OnnxBytes large =
                new OnnxBytes().number(1, 4000).number(2, 10).text(8, "w").bytes(9, new byte[8000]);
        OnnxBytes small =
                new OnnxBytes().number(1, 2).number(2, 10).text(8, "v").bytes(9, new byte[4]);
        byte[] bytes = OnnxBytes.model(large, small);
        List<OnnxTensor> tensors = open(bytes).tensors();
        assertNull(tensors.get(0).inline());
        assertEquals(8000, tensors.get(0).length());
        assertTrue(tensors.get(0).offset() > 0 && tensors.get(0).offset() + 8000 < bytes.length);
        assertArrayEquals(small.done(), tensors.get(1).inline());
    }

    @ParameterizedTest
    @CsvSource({
        "../secret.bin, 0, 2048, is said to lie outside its folder",
        "more/../../secret.bin, 0, 2048, is said to lie outside its folder",
        "/etc/passwd, 0, 2048, is said to lie outside its folder",
        "C:\\\\secret.bin, 0, 2048, is said to lie outside its folder",
        "link.bin, 0, 2048, is said to lie outside its folder",
        "none.bin, 0, 2048, which is not there",
        "data.bin, 4000, 2048, reaches beyond the file",
        "data.bin, 9223372036854775807, 2048, lies in an impossible place",
        "data.bin, -1, 2048, lies in an impossible place",
        "data.bin, 0, 9223372036854775808, lies in an impossible place",
        "data.bin, 0, 2047, is not as long as its shape says",
    })
    void weightsThatLieElsewhere(String location, String offset, String length, String because) {
        String sentence = refusal(OnnxBytes.model(OnnxBytes.external("w", location, offset, length)));
        assertTrue(sentence.contains(because), sentence);
    }

    @Test
    void weightsThatOverlap() {
        String sentence = refusal(OnnxBytes.model(
                OnnxBytes.external("w", "data.bin", "0", "2048"), OnnxBytes.external("v", "data.bin", "2000", "2048")));
        assertTrue(sentence.contains("overlaps another"), sentence);
        assertEquals(
                2,
                open(OnnxBytes.model(
                                OnnxBytes.external("w", "data.bin", "0", "2048"),
                                OnnxBytes.external("v", "data.bin", "0", "2048")))
                        .tensors()
                        .size());
    }

    /** A constant inside an operator may not lead to a file either. */
    @Test
    void anOperatorThatReadsAFile() {
        OnnxBytes attribute =
                new OnnxBytes().text(1, "value").message(5, OnnxBytes.external("c", "../secret.bin", "0", "2048"));
        OnnxBytes inner =
                new OnnxBytes().message(1, new OnnxBytes().text(4, "Constant").message(5, attribute));
        OnnxBytes nested = new OnnxBytes().text(4, "If").message(5, new OnnxBytes().message(6, inner));
        OnnxBytes graph = new OnnxBytes()
                .message(1, OnnxBytes.node())
                .message(1, nested)
                .message(11, OnnxBytes.value("x"))
                .message(12, OnnxBytes.value("y"));
        String sentence = refusal(OnnxBytes.around(graph));
        assertTrue(sentence.contains("reads a file of its own"), sentence);
    }

    @Test
    void aWeightLargerThanAnyFile() {
        OnnxBytes bomb = new OnnxBytes()
                .number(1, Long.MAX_VALUE)
                .number(1, 16)
                .number(2, 1)
                .text(8, "w")
                .bytes(9, new byte[5000]);
        assertTrue(refusal(OnnxBytes.model(bomb)).contains("is not as long as its shape says"));
    }

    @Test
    void brokenFilesGetASentence() {
        fuzz(1, 1000);
    }

    @Test
    @Tag("long")
    void aHundredThousandBrokenFilesGetASentence() {
        fuzz(2, 100_000);
    }

    private void fuzz(long seed, int count) {
        OnnxBytes small =
                new OnnxBytes().number(1, 2).number(2, 10).text(8, "v").bytes(9, new byte[4]);
        new Fuzzing(
                        seed,
                        List.of(
                                OnnxBytes.model(OnnxBytes.external("w", "data.bin", "0", "2048"), small),
                                OnnxBytes.model(OnnxBytes.external("w", "more/data.bin", "17", "2048"))),
                        "../",
                        "/",
                        "link.bin",
                        "data.bin",
                        "..",
                        "more/",
                        "location",
                        "offset",
                        "length",
                        "\u00ff\u00ff\u00ff\u00ff",
                        ":",
                        "*",
                        "j")
                .run(count, folder.resolve("fuzz.onnx"), this::opened);
    }

    /** Nothing that was read lies outside. */
    private WeightFile opened(Path path) {
        OnnxFile file = OnnxFile.open(path);
        for (OnnxTensor tensor : file.tensors()) {
            assertTrue(tensor.file().startsWith(folder.toAbsolutePath()), tensor.file()::toString);
        }
        return new HeaderFixtures.Header(path, Map.of(), Map.of(), 0);
    }
}
