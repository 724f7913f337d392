package gesso.image.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureMetadataTest {
    private static final Path FILES = Path.of("src/test/resources/metadata");
    private static final Picture DOT = new Picture(1, 1, new int[] {0xFF336699});

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> otherWriters() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode all = new ObjectMapper().readTree(FILES.resolve("texts.json").toFile());
        for (Map.Entry<String, JsonNode> file : all.properties()) {
            tests.add(DynamicTest.dynamicTest(file.getKey(), () -> {
                PictureMetadata metadata = PictureMetadata.read(FILES.resolve(file.getKey()));
                String text = file.getValue().get("text").asText();
                assertEquals(
                        text, metadata.texts().get(file.getValue().get("key").asText()));
                assertEquals(text, metadata.parameters().orElseThrow());
            }));
        }
        assertTrue(tests.size() >= 12);
        return tests;
    }

    /** Every kind of file, random words: what is written is what is read, and the pixels stay. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "png",
                "plain.jpg",
                "plain.webp",
                "plain-lossless.webp",
                "plain-alpha.webp",
                "plain-lossless-alpha.webp"
            })
    void roundTrips(String file) throws IOException {
        Random random = new Random(file.hashCode());
        for (int i = 0; i < 50; i++) {
            Infotext infotext = RandomTexts.infotext(random);
            String text = infotext.text();
            Path path = folder.resolve(i + file);
            if (file.equals("png")) {
                Files.write(path, PngWriter.encode(DOT, List.of(new TextChunk("parameters", text))));
            } else {
                byte[] plain = Files.readAllBytes(FILES.resolve(file));
                Files.write(
                        path,
                        file.endsWith("jpg")
                                ? MetadataWriter.intoJpeg(plain, text)
                                : MetadataWriter.intoWebp(plain, text));
                if (i < 5) {
                    assertEquals(PictureFiles.read(FILES.resolve(file)), PictureFiles.read(path));
                }
            }
            String read = PictureMetadata.read(path).parameters().orElseThrow();
            assertEquals(text, read);
            assertEquals(infotext, Infotext.parse(read));
        }
    }

    @Test
    void aTextTooLongForAJpegIsRefused() throws IOException {
        byte[] plain = Files.readAllBytes(FILES.resolve("plain.jpg"));
        assertThrows(BadInput.class, () -> MetadataWriter.intoJpeg(plain, "x".repeat(40_000)));
    }

    @Test
    void aFileWithoutTextsHasNone() throws IOException {
        PictureMetadata metadata = PictureMetadata.read(FILES.resolve("plain.jpg"));
        assertEquals("JPEG", metadata.format());
        assertEquals(Map.of(), metadata.texts());
        assertFalse(metadata.parameters().isPresent());
    }

    @Test
    void saysWhatIsNoPicture() throws IOException {
        refused(new byte[0], "no picture");
        refused("hello".getBytes(StandardCharsets.UTF_8), "no picture");
        assertTrue(assertThrows(BadInput.class, () -> PictureMetadata.read(folder.resolve("none.png")))
                .sentence()
                .startsWith("There is no picture at"));
        assertThrows(BadInput.class, () -> PictureMetadata.read(folder));
    }

    @Test
    void hostilePngsGiveASentence() throws IOException {
        byte[] bomb = new byte[64 << 20];
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        zipped.writeBytes("parameters\0\0".getBytes(StandardCharsets.ISO_8859_1));
        zipped.writeBytes(deflated(bomb));
        refused(png("zTXt", zipped.toByteArray()), "more than 16 megabytes");
        byte[] good = PngWriter.encode(DOT, List.of(new TextChunk("parameters", "hello")));
        byte[] badSum = good.clone();
        badSum[8 + 25 + 8 + 11] ^= 1;
        refused(badSum, "checksum");
        byte[] giant = good.clone();
        ByteBuffer.wrap(giant).putInt(8 + 25, Integer.MAX_VALUE);
        refused(giant, "ends too early");
        byte[] negative = good.clone();
        ByteBuffer.wrap(negative).putInt(8 + 25, -1);
        refused(negative, "ends too early");
        refused(Arrays.copyOf(good, 50), "ends too early");
        refused(png("zTXt", "parameters\0\0xx".getBytes(StandardCharsets.ISO_8859_1)), "compressed text");
        refused(png("zTXt", Arrays.copyOf(zipped.toByteArray(), 30)), "cut off");
        refused(png("iTXt", "parameters\0".getBytes(StandardCharsets.ISO_8859_1)), "no end");
        refused(png("iTXt", "p\0\1\0\0\0xx".getBytes(StandardCharsets.ISO_8859_1)), "compressed text");
    }

    /** Whatever bytes are changed: texts, or a sentence. */
    @Test
    void damagedFilesNeverDoWorse() throws IOException {
        Random random = new Random(5);
        for (String name : List.of("itxt.png", "ztxt.png", "piexif.jpg", "intel.jpg", "piexif.webp", "comment.gif")) {
            byte[] good = Files.readAllBytes(FILES.resolve(name));
            Path path = folder.resolve("damaged-" + name);
            for (int i = 0; i < 100; i++) {
                byte[] bad = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
                for (int n = random.nextInt(4); n >= 0 && bad.length > 0; n--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                Files.write(path, bad);
                try {
                    PictureMetadata.read(path);
                } catch (BadInput e) {
                    assertTrue(e.sentence().endsWith("."), e.sentence());
                }
            }
        }
    }

    private void refused(byte[] file, String why) throws IOException {
        Path path = Files.write(folder.resolve("hostile"), file);
        String sentence =
                assertThrows(BadInput.class, () -> PictureMetadata.read(path)).sentence();
        assertTrue(sentence.contains(why), sentence);
        assertTrue(sentence.contains("hostile"), sentence);
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length / 100];
        byte[] result = Arrays.copyOf(out, deflater.deflate(out));
        deflater.end();
        return result;
    }

    private static byte[] png(String type, byte[] content) {
        byte[] empty = PngWriter.encode(DOT, List.of());
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(empty.length + 12 + content.length)
                .put(empty, 0, 33)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .put(empty, 33, empty.length - 33)
                .array();
    }
}
