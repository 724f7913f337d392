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
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void everyTypeReadsAsTorchReadsIt() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(Fixtures.path("types.safetensors"));
        float[] expected = Fixtures.floats("types.gz");
        List<String> names =
                List.of(Files.readString(Fixtures.path("types.names")).split("\0"));
        assertEquals(names.size(), file.weights().size());
        int at = 0;
        for (String name : names) {
            Weight w = Objects.requireNonNull(file.weights().get(name), name);
            float[] values = Fixtures.read(file, w);
            for (float v : values) {
                assertEquals(expected[at++], v, 0f, name);
            }
        }
        assertEquals(expected.length, at);
        assertEquals(Map.of("modelspec.title", "Öl “auf” 帆布\n2", "empty", ""), file.metadata());
    }

    @Test
    void theStarterIsKnownFromItsHeader() {
        SafetensorsFile file = SafetensorsFile.open(Fixtures.starter("gesso-starter.safetensors"));
        Weight in = Objects.requireNonNull(file.weights().get("model.diffusion_model.input_blocks.0.0.weight"));
        assertEquals(DType.F16, in.type());
        assertArrayEquals(new long[] {64, 4, 3, 3}, in.shape());
        assertEquals("Gesso starter", file.metadata().get("modelspec.title"));
        assertTrue(file.weights().size() > 300);
    }

    /** A length may begin as a pickle (0x80) or a zip (PK) does. */
    @ParameterizedTest
    @CsvSource({"128", "384", "19280"})
    void aHeaderOfAnyLengthIsKnown(int length) throws IOException {
        String json = "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + length + 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put((json + " ".repeat(length - json.length())).getBytes(StandardCharsets.US_ASCII));
        Path file = Files.write(folder.resolve("x.safetensors"), bytes.array());
        assertEquals(Set.of("x"), WeightFiles.open(file).weights().keySet());
    }

    @Test
    void offsetsAreThoseOfTheFile() throws IOException {
        Path path = write("a.safetensors", "{'b':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}}", 2);
        Weight w = Objects.requireNonNull(SafetensorsFile.open(path).weights().get("b"));
        assertEquals(Files.size(path) - 2, w.offset());
        assertEquals(2, w.length());
    }

    @Test
    void aLinkIsResolved() throws IOException {
        Path real = write("real.safetensors", "{}", 0);
        Path link = Files.createSymbolicLink(folder.resolve("link.safetensors"), real);
        assertEquals(real.toRealPath(), SafetensorsFile.open(link).path());
    }

    @Test
    void piecesJoinWithoutASeam() {
        int n = 200_001; // halves: three pieces and a bit
        ByteBuffer bytes = ByteBuffer.wrap(
                Fixtures.safetensors(one("F16", "[" + n + "]", 2L * n).replace('\'', '"'), 2 * n));
        SafetensorsFile file = SafetensorsFile.open(Fixtures.write(folder.resolve("a"), bytes.array()));
        Weight w = Objects.requireNonNull(file.weights().get("t"));
        FloatBuffer out = FloatBuffer.allocate(n + 2).position(1);
        file.read(w, out);
        assertEquals(n + 1, out.position());
        bytes.position((int) w.offset());
        for (int i = 0; i < n; i++) {
            int bits = (bytes.get() & 0xff) | (bytes.get() & 0xff) << 8;
            assertEquals(FloatDecoder.half(bits), out.get(1 + i), 0f);
        }
    }

    /** Each line: what is wrong, the header with ' for ", the bytes behind it, a piece of the sentence. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 7 | is not complete",
                "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 9 | it has 1 bytes more than its header says",
                "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | 4 | is not as long as its shape says",
                "{'t':{'dtype':'F32','shape':[4611686018427387904],'data_offsets':[0,0]}} | 0 | is not as long as its",
                "{'t':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,0]}} | 0 | a number is too large",
                "{'t':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | no whole number from 0 up",
                "{'t':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | 4 | no whole number from 0 up",
                "{'t':{'dtype':'F32','shape':[01],'data_offsets':[0,4]}} | 4 | no whole number from 0 up",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4 | has an impossible place",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | 4 | has an impossible place",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[9223372036854775800,9223372036854775804]}}"
                        + " | 4 | has an impossible place",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | leaves a hole before it",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'u':{'dtype':'U8','shape':[4],"
                        + "'data_offsets':[2,6]}} | 6 | “u” overlaps the one before it",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'t':{'dtype':'F32','shape':[1],"
                        + "'data_offsets':[4,8]}} | 8 | the name “t” comes twice",
                "{'t':{'dtype':'C64','shape':[1],'data_offsets':[0,8]}} | 8 | the type “C64”, which is unknown",
                "{'t':{'dtype':'F32','shape':[1]}} | 4 | has no type, shape or place",
                "{'t':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}} | 4 | a list is longer",
                "{'t':7} | 0 | no '{'",
                "{'__metadata__':{'a':1}} | 0 | no '\"'",
                "{'t' | 0 | ends in the middle",
                "{'t':{'a':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}} | 0 | is nested deeper",
                "{'a\\ud800':{}} | 0 | half a character",
                "{'a\\x':{}} | 0 | a bad escape",
                "{'a':{'b':tru}} | 0 | an unknown word",
                "{'a':{'b':-}} | 0 | an unknown value",
                "{}x | 0 | there is something after its end",
            })
    void aBrokenFileGetsASentence(String header, int data, String expected) {
        Path path = write("broken.safetensors", header, data);
        String sentence =
                assertThrows(BadInput.class, () -> SafetensorsFile.open(path)).sentence();
        assertTrue(sentence.contains(expected), sentence);
        assertTrue(sentence.startsWith("broken.safetensors is "), sentence);
        assertFalse(sentence.contains("\n"), sentence);
    }

    @Test
    void whatTheFormatAllowsIsAccepted() {
        Path path = write(
                "good",
                "{ '__metadata__' : {'a':'\\ud83c\\udfa8\\/\\t'},\n't':{'shape':[ 1 , 2 ],'data_offsets':[0,8],'dtype':'F32',"
                        + "'more':[-1.5e3,null,true,{'x':[]}]},'e':{'dtype':'F64','shape':[3,0],'data_offsets':[8,8]}}   ",
                8);
        SafetensorsFile file = SafetensorsFile.open(path);
        assertEquals(List.of("t", "e"), List.copyOf(file.weights().keySet()));
        assertEquals("🎨/\t", file.metadata().get("a"));
        assertEquals(
                0, Fixtures.read(file, Objects.requireNonNull(file.weights().get("e"))).length);
    }

    @Test
    void whatIsNoSafetensorsFileIsSaid() throws IOException {
        Path folderInstead = Files.createDirectory(folder.resolve("d.safetensors"));
        assertEquals("d.safetensors is a folder, not a file of weights.", fault(folderInstead));
        Path missing = folder.resolve("missing.safetensors");
        assertEquals("There is no file " + missing + ".", fault(missing));
        byte[] text = "PK but not really, only some text".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertEquals("t is not a safetensors file.", fault(Fixtures.write(folder.resolve("t"), text)));
        assertEquals("s is not a safetensors file.", fault(Fixtures.write(folder.resolve("s"), new byte[] {1, 2, 3})));
        byte[] huge = Fixtures.safetensors("{}", 0);
        huge[7] = (byte) 0xff;
        assertEquals(
                "h is broken: its header claims to be 18374686479671623682 bytes long; get the file again.",
                fault(Fixtures.write(folder.resolve("h"), huge)));
        byte[] invalid = Fixtures.safetensors("{\"a\":1}", 0);
        invalid[10] = (byte) 0xff;
        assertTrue(fault(Fixtures.write(folder.resolve("u"), invalid)).contains("not UTF-8"));
    }

    @Test
    void aFileThatIsStillBeingCopiedIsNoError() throws IOException {
        byte[] whole = Fixtures.safetensors(one("F32", "[4]", 16).replace('\'', '"'), 16);
        for (int length = 9; length < whole.length; length++) {
            Path part = Fixtures.write(folder.resolve("part"), java.util.Arrays.copyOf(whole, length));
            assertInstanceOf(
                    IncompleteFile.class, assertThrows(BadInput.class, () -> SafetensorsFile.open(part)), "" + length);
        }
        Path reserved = Fixtures.write(folder.resolve("reserved"), new byte[100]);
        assertThrows(IncompleteFile.class, () -> SafetensorsFile.open(reserved));
        Path empty = Fixtures.write(folder.resolve("empty"), new byte[0]);
        assertThrows(IncompleteFile.class, () -> SafetensorsFile.open(empty));
    }

    @Test
    void aHeaderOfNothingButNamesIsRefusedBeforeItFillsTheMemory() {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"\":\"\"");
        for (int i = 0; i < 200_000; i++) {
            header.append(",\"").append(i).append("\":\"\"");
        }
        Path path = write("n", header.append("}}").toString(), 0);
        assertTrue(fault(path).contains("it names more than 200000 things"));
    }

    @Test
    void aFileCutShortAfterwardsIsASentence() throws IOException {
        Path path = write("a", one("F32", "[4]", 16), 16);
        SafetensorsFile file = SafetensorsFile.open(path);
        Weight w = Objects.requireNonNull(file.weights().get("t"));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(path) - 1);
        }
        assertThrows(IncompleteFile.class, () -> Fixtures.read(file, w));
        Files.delete(path);
        assertThrows(BadInput.class, () -> Fixtures.read(file, w));
    }

    private String fault(Path path) {
        return assertThrows(BadInput.class, () -> SafetensorsFile.open(path)).sentence();
    }

    private static String one(String type, String shape, long bytes) {
        return "{'t':{'dtype':'" + type + "','shape':" + shape + ",'data_offsets':[0," + bytes + "]}}";
    }

    private Path write(String name, String header, int data) {
        return Fixtures.write(folder.resolve(name), Fixtures.safetensors(header.replace('\'', '"'), data));
    }
}
