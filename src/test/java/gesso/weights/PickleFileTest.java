package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleFileTest {
    @TempDir
    Path folder;

    /** Every tensor's name, shape and values, in order, as torch reads them. */
    @ParameterizedTest
    @CsvSource({
        "zip.pt, zip.txt",
        "legacy.pt, legacy.txt",
        "protocol4.pt, protocol4.txt",
        "protocol5.pt, protocol4.txt",
        "lightning.ckpt, lightning.txt",
        "embedding.pt, embedding.txt",
        "parameterdict.pt, parameterdict.txt"
    })
    void everyTensorReadsAsTorchReadsIt(String name, String golden) throws IOException {
        WeightFile file = WeightFiles.open(Fixtures.path(name));
        List<Weight> weights = List.copyOf(file.weights().values());
        List<String> lines = Files.readAllLines(Fixtures.path(golden));
        assertEquals(lines.size(), weights.size());
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\\|", -1);
            Weight w = weights.get(i);
            assertEquals(parts[0], w.name());
            assertArrayEquals(numbers(parts[1]), w.shape(), w.name());
            float[] values = Fixtures.read(file, w);
            String[] expected = parts[2].isEmpty() ? new String[0] : parts[2].split(" ", -1);
            assertEquals(expected.length, values.length, w.name());
            for (int j = 0; j < values.length; j++) {
                assertEquals((float) Double.parseDouble(expected[j]), values[j], 0f, w.name() + " " + j);
            }
        }
    }

    private static long[] numbers(String list) {
        return list.isEmpty()
                ? new long[0]
                : Arrays.stream(list.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    /** What lies row by row can be used where it lies; what does not must say so. */
    @ParameterizedTest
    @CsvSource({"zip.pt", "legacy.pt"})
    void placesAreThoseOfTheFile(String name) throws IOException {
        PickleFile file = PickleFile.open(Fixtures.path(name));
        byte[] bytes = Files.readAllBytes(file.path());
        for (String whole : List.of("plain", "rows", "parameter", "one", "unit")) {
            Weight w = Objects.requireNonNull(file.weights().get(whole));
            assertTrue(w.isInPlace(), whole);
            FloatBuffer raw = ByteBuffer.wrap(bytes, (int) w.offset(), (int) w.length())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            assertEquals(raw, FloatBuffer.wrap(Fixtures.read(file, w)), whole);
        }
        for (String view : List.of("transposed", "columns", "every_other", "permuted")) {
            assertFalse(Objects.requireNonNull(file.weights().get(view)).isInPlace(), view);
        }
    }

    @Test
    void notesAreKept() {
        Map<String, String> notes =
                PickleFile.open(Fixtures.path("lightning.ckpt")).metadata();
        assertEquals("470000", notes.get("global_step"));
        assertEquals("0.25", notes.get("ratio"));
        assertEquals("true", notes.get("on"));
        assertEquals(
                "猫 cat",
                PickleFile.open(Fixtures.path("embedding.pt")).metadata().get("name"));
        ModelInfo info = ModelInfo.of(PickleFile.open(Fixtures.path("embedding.pt")));
        assertEquals(ModelKind.EMBEDDING, info.kind());
        assertEquals(8, info.contextWidth());
    }

    @ParameterizedTest
    @CsvSource({
        "evil-system.pt, posix.system",
        "evil-stack-global.pt, builtins.eval",
        "evil-instance.pt, an object of an unknown class",
        "evil-object.pt, os.system",
        "evil-dotted.pt, torch._utils._rebuild_tensor_v2.__globals__.get",
        "evil-nested.pt, torch.storage._load_from_bytes",
        "evil-legacy.pt, posix.system"
    })
    void whatWouldRunIsRefused(String name, String part) {
        assertEquals(
                name + " holds a part of a program (“" + part
                        + "”), which Gesso never runs: get the model as .safetensors.",
                fault(Fixtures.path(name)));
        assertFalse(Files.exists(Path.of("owned")));
    }

    @ParameterizedTest
    @CsvSource({
        "evil-extension.pt, unknown instruction 0x82",
        "no-values.pt, the values “m/data/0” are missing",
        "short-values.pt, the values of the tensor “w” are not all there",
        "packed.pt, it was packed again by another program",
        "big-endian.pt, its numbers are big-endian",
        "no-tensors.pt, it holds no tensors",
        "list.pt, it holds no table of tensors",
        "plain.pkl, 'it is a pickle, but not one of PyTorch'",
        "bomb.pt, its tables hold one another too often",
        "loop.pt, its tables hold one another too often"
    })
    void brokenFilesGetASentence(String name, String part) {
        String sentence = fault(Fixtures.path(name));
        assertTrue(sentence.startsWith(name + " is broken: "), sentence);
        assertTrue(sentence.contains(part), sentence);
    }

    @ParameterizedTest
    @CsvSource({"zip.pt", "legacy.pt"})
    void aPartOfAFileIsIncomplete(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.path(name));
        for (int length = 4; length < whole.length; length += 1 + length / 50) {
            Path part = Fixtures.write(folder.resolve("part.pt"), Arrays.copyOf(whole, length));
            BadInput e = assertThrows(BadInput.class, () -> WeightFiles.open(part));
            assertInstanceOf(IncompleteFile.class, e, length + " bytes: " + e.sentence());
        }
    }

    @Test
    void whatIsNoModelIsSaid() {
        assertEquals("p is a web page, not a model: download it again, logged in.", say(" <!DOCTYPE html><html>"));
        assertEquals(
                "p only points at a model (Git LFS): download the model itself.",
                say("version https://git-lfs.github.com/spec/v1\n"));
        assertEquals("p is not a file of weights that Gesso knows.", say("hello, this is a text"));
        assertEquals("p is empty: it is still being copied, or its download failed.", say(""));
        assertEquals(
                "types.safetensors",
                WeightFiles.open(Fixtures.path("types.safetensors"))
                        .path()
                        .getFileName()
                        .toString());
    }

    private String say(String content) {
        return fault(Fixtures.write(folder.resolve("p"), content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String fault(Path path) {
        return assertThrows(BadInput.class, () -> WeightFiles.open(path)).sentence();
    }
}
