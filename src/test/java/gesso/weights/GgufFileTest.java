package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
    @TempDir
    Path folder;

    @Test
    void everyTypeReadsAsGgmlsPackageReadsIt() {
        WeightFile file = WeightFiles.open(Fixtures.path("all.gguf"));
        float[] expected = Fixtures.floats("gguf.gz");
        int at = 0;
        for (Weight w : file.weights().values()) {
            for (float v : Fixtures.read(file, w)) {
                assertEquals(expected[at++], v, 0f, w + " " + at);
            }
        }
        assertEquals(expected.length, at);
        assertArrayEquals(new long[] {3, 64}, shape(file, "Q4_0"));
        assertArrayEquals(new long[] {2, 8}, shape(file, "bf16"));
        assertArrayEquals(new long[] {2, 4, 4, 8}, shape(file, "conv"), "the shape that the notes tell");
    }

    private static long[] shape(WeightFile file, String name) {
        return Objects.requireNonNull(file.weights().get(name)).shape();
    }

    @Test
    void notesAndPrecisionAreTold() {
        GgufFile file = GgufFile.open(Fixtures.path("all.gguf"));
        Map<String, String> notes = file.metadata();
        assertEquals("200", notes.get("a.u8"));
        assertEquals("-5", notes.get("a.i8"));
        assertEquals("-1099511627776", notes.get("a.i64"));
        assertEquals("18446744073709551615", notes.get("a.u64"));
        assertEquals("0.5", notes.get("a.f32"));
        assertEquals("-0.25", notes.get("a.f64"));
        assertEquals("true", notes.get("a.bool"));
        ModelInfo info = ModelInfo.of(file);
        assertEquals("Quantized 帆布", info.title());
        assertTrue(info.precision().startsWith("Q4_K + Q2_K + Q3_K + Q5_K + Q6_K"), info.precision());
    }

    @Test
    void aPartOfAFileIsIncomplete() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.path("all.gguf"));
        for (int length = 4; length < whole.length; length += 1 + length / 50) {
            Path part = Fixtures.write(folder.resolve("part.gguf"), Arrays.copyOf(whole, length));
            BadInput e = assertThrows(BadInput.class, () -> WeightFiles.open(part));
            assertInstanceOf(IncompleteFile.class, e, length + " bytes: " + e.sentence());
        }
    }

    @Test
    void brokenFilesGetASentence() {
        assertTrue(fault(b -> b.putInt(1)).contains("it is of the unknown version 1"));
        assertTrue(fault(b -> b.putInt(3 << 24)).contains("its numbers are big-endian"));
        assertTrue(fault(b -> b.putInt(3).putLong(-1).putLong(0)).contains("an impossible number of tensors"));
        assertTrue(fault(b -> b.putInt(3).putLong(0).putLong(1L << 40)).contains("an impossible number of tensors"));
        assertTrue(
                fault(b -> b.putInt(3).putLong(0).putLong(1).putLong(1L << 40)).contains("text in it is impossibly"));
        assertTrue(fault(b -> note(b, 13)).contains("a note in it has the unknown type 13"));
        assertTrue(fault(b -> note(b, 9).putInt(9).putLong(1)).contains("a list in its notes cannot be read"));
        assertTrue(fault(b -> tensor(b, 16, 256, 0)).contains("in a way that Gesso does not know (16)"));
        assertTrue(fault(b -> tensor(b, 2, 31, 0)).contains("has an impossible shape"));
        assertTrue(fault(b -> tensor(b, 0, Long.MAX_VALUE, 0)).contains("has an impossible shape"));
        assertTrue(fault(b -> tensor(b, 0, -1, 0)).contains("has an impossible shape"));
        assertTrue(fault(b -> tensor(b, 0, 1, -32)).contains("has an impossible place"));
        assertTrue(fault(b -> tensor(b, 0, 1L << 50, 0)).contains("is not complete"));
    }

    private static ByteBuffer note(ByteBuffer b, int type) {
        return text(b.putInt(3).putLong(0).putLong(1), "k").putInt(type);
    }

    private static void tensor(ByteBuffer b, int type, long elements, long offset) {
        text(b.putInt(3).putLong(1).putLong(0), "t")
                .putInt(1)
                .putLong(elements)
                .putInt(type)
                .putLong(offset);
    }

    private static ByteBuffer text(ByteBuffer b, String text) {
        return b.putLong(text.length()).put(text.getBytes(StandardCharsets.UTF_8));
    }

    private String fault(Consumer<ByteBuffer> content) {
        ByteBuffer bytes =
                ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN).putInt(GgufHeader.MAGIC);
        content.accept(bytes);
        Path path = Fixtures.write(folder.resolve("broken.gguf"), bytes.array());
        String sentence =
                assertThrows(BadInput.class, () -> GgufFile.open(path)).sentence();
        assertTrue(sentence.startsWith("broken.gguf is "), sentence);
        return sentence;
    }

    @Test
    void fuzzedFilesGetASentence() throws IOException {
        fuzz(1, 1000);
    }

    @Test
    @Tag("long")
    void aHundredThousandFuzzedFilesGetASentence() throws IOException {
        fuzz(2, 100_000);
    }

    private void fuzz(long seed, int count) throws IOException {
        ByteBuffer small =
                ByteBuffer.allocate(160).order(ByteOrder.LITTLE_ENDIAN).putInt(GgufHeader.MAGIC);
        tensor(small, 8, 32, 0);
        byte[] all = Files.readAllBytes(Fixtures.path("all.gguf"));
        new Fuzzing(
                        seed,
                        List.of(small.array(), all, Arrays.copyOf(all, 900)),
                        "GGUF",
                        "\10\0\0\0",
                        "\11\0\0\0",
                        "\14\0\0\0",
                        "\1\0\0\0\0\0\0\0",
                        "\377\377\377\377\377\377\377\377",
                        "\377\377\377\377\377\377\377\177",
                        "general.alignment",
                        "comfy.gguf.orig_shape.conv")
                .run(count, folder.resolve("fuzz.gguf"), GgufFile::open);
    }
}
