package gesso;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.command.GessoCommand;
import gesso.command.Terminal;
import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.library.Folders;
import gesso.request.Picture;
import gesso.request.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are not what they should be, from the command line to the file: a sentence, and nothing is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadPicturesTest {
    private static final Path FILES = Path.of("src/test/resources/image/files");

    @TempDir
    static Path folder;

    private Studio studio;
    private final StringWriter said = new StringWriter();

    @BeforeAll
    void open() throws IOException {
        studio = new Studio(Folders.under(folder.resolve("home")));
        for (String name : List.of("animated.gif", "animated.webp", "cmyk.jpg", "rgb.png")) {
            Files.copy(FILES.resolve(name), folder.resolve(name));
        }
        Files.write(folder.resolve("animated.png"), apng(Files.readAllBytes(FILES.resolve("rgb.png"))));
        Files.writeString(folder.resolve("letter.png"), "Dear artist");
        Files.createFile(folder.resolve("none.png"));
        byte[] jpeg = Files.readAllBytes(FILES.resolve("rgb.jpg"));
        Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        byte[] png = Files.readAllBytes(FILES.resolve("rgb.png"));
        Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, png.length / 2));
        byte[] broken = png.clone();
        Arrays.fill(broken, 60, broken.length, (byte) 0x55);
        Files.write(folder.resolve("broken.png"), broken);
        Files.write(folder.resolve("huge.png"), sized(png, 20_000, 10_000));
        Files.write(folder.resolve("model.safetensors"), new byte[] {8, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    }

    @AfterAll
    void close() {
        studio.close();
    }

    /** Everything that can be given a picture refuses it in the same words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "letter.png | letter.png is no picture that Gesso reads; it reads PNG, JPEG, WebP, GIF and BMP.",
                "none.png   | none.png is empty.",
                "cut.jpg    | cut.jpg is a damaged or unusual JPEG file that cannot be read; save it anew in another program.",
                "cut.png    | cut.png is a damaged or unusual PNG file that cannot be read; save it anew in another program.",
                "broken.png | broken.png is a damaged or unusual PNG file that cannot be read; save it anew in another program.",
                "huge.png   | huge.png has 20000×10000 pixels, more than the 128 megapixels that Gesso reads; make it smaller first.",
                "absent.png | There is no picture at FOLDER/absent.png."
            })
    void whatIsNoPictureIsASentence(String name, String sentence) throws IOException {
        Path out = folder.resolve("never.png");
        String bad = folder.resolve(name) + "";
        String good = folder.resolve("rgb.png") + "";
        byte[] before = Files.exists(Path.of(bad)) ? Files.readAllBytes(Path.of(bad)) : new byte[0];
        // No ControlNet is ever opened: the pictures come first.
        for (List<String> options : List.of(
                List.of("--image", bad),
                List.of("--image", good, "--mask", bad),
                List.of("--image", good, "--strength-map", bad),
                List.of("--control", folder.resolve("model.safetensors") + "=" + bad),
                List.of(
                        "--control",
                        folder.resolve("model.safetensors") + "=" + good + ",preprocessor=inpaint,mask=" + bad))) {
            assertEquals(2, generate(out, options), said());
            assertEquals(sentence.replace("FOLDER", folder + ""), said().strip());
            assertFalse(Files.exists(out));
        }
        assertEquals(2, run(List.of("preprocess", "canny", bad, "--out", out + "")), said());
        assertEquals(sentence.replace("FOLDER", folder + ""), said().strip());
        assertFalse(Files.exists(out));
        if (before.length > 0) {
            assertArrayEquals(before, Files.readAllBytes(Path.of(bad)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"animated.gif", "animated.webp", "animated.png"})
    void ofAnAnimationTheFirstPictureIsTakenAndItIsSaid(String name) {
        Path out = folder.resolve(name + "-made.png");
        assertEquals(0, generate(out, List.of("--image", folder.resolve(name) + "", "--size", "64x64")), said());
        assertTrue(said().contains(name + " is animated: its first picture is taken."), said());
        assertEquals(new Size(64, 64), PictureFiles.read(out).size());
        Path drawn = folder.resolve(name + "-drawn.png");
        assertEquals(0, run(List.of("preprocess", "none", folder.resolve(name) + "", "--out", drawn + "")), said());
        assertTrue(said().contains(name + " is animated"), said());
        assertTrue(Files.exists(drawn));
    }

    @Test
    void aStillPictureIsNotSaidToBeAnimated() {
        for (String name : List.of("rgb.png", "cmyk.jpg")) {
            Path drawn = folder.resolve(name + "-still.png");
            assertEquals(0, run(List.of("preprocess", "none", folder.resolve(name) + "", "--out", drawn + "")), said());
            assertEquals("", said());
        }
        for (String name : List.of("part.gif", "lossless-alpha.webp", "icc.png")) {
            PictureFiles.read(FILES.resolve(name), sentence -> {
                throw new AssertionError(sentence);
            });
        }
    }

    @Test
    void aCmykPictureIsReworkedLikeAnyOther() {
        Path out = folder.resolve("cmyk-made.png");
        assertEquals(0, generate(out, List.of("--image", folder.resolve("cmyk.jpg") + "", "--size", "64x64")), said());
        assertEquals(new Size(64, 64), PictureFiles.read(out).size());
    }

    @Test
    void aMaskOfAnotherSizeIsScaledSaidAndKept() throws IOException {
        Path source = folder.resolve("source.png");
        Picture picture = noise(64, 64);
        Files.write(source, PngWriter.encode(picture, List.of()));
        Path mask = folder.resolve("mask.png");
        int[] half = new int[16 * 16];
        Arrays.setAll(half, i -> i % 16 < 8 ? 0xFF000000 : 0xFFFFFFFF);
        Files.write(mask, PngWriter.encode(new Picture(16, 16, half), List.of()));
        Path out = folder.resolve("masked.png");
        assertEquals(
                0, generate(out, List.of("--image", source + "", "--mask", mask + "", "--mask-blur", "0")), said());
        assertTrue(said().contains("The mask of 16x16 was scaled to the picture's 64x64."), said());
        Picture made = PictureFiles.read(out);
        boolean changed = false;
        for (int i = 0; i < made.argb().length; i++) {
            // The edge is where scaling mixes black and white.
            if (i % 64 < 20) {
                assertEquals(picture.argb()[i], made.argb()[i], "pixel " + i);
            }
            changed |= i % 64 > 40 && picture.argb()[i] != made.argb()[i];
        }
        assertTrue(changed);
    }

    private int generate(Path out, List<String> options) {
        List<String> all = new ArrayList<>(List.of(
                "generate", "owl", "--device", "cpu", "--quiet", "--steps", "2", "--seed", "1", "--out", out + ""));
        all.addAll(options);
        return run(all);
    }

    private int run(List<String> arguments) {
        said.getBuffer().setLength(0);
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(said), false);
        return new GessoCommand(studio, terminal, Map.of()).run(arguments.toArray(new String[0]));
    }

    private String said() {
        return said.toString();
    }

    private static Picture noise(int width, int height) {
        int[] pixels = new Random(5)
                .ints((long) width * height)
                .map(p -> p | 0xFF000000)
                .toArray();
        return new Picture(width, height, pixels);
    }

    /** With another size in its header, and the checksum that belongs to it. */
    private static byte[] sized(byte[] png, int width, int height) {
        byte[] out = png.clone();
        ByteBuffer bytes = ByteBuffer.wrap(out);
        bytes.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(out, 12, 17);
        bytes.putInt(29, (int) crc.getValue());
        return out;
    }

    /** The same picture, said to be the first of two. */
    private static byte[] apng(byte[] png) {
        ByteBuffer chunk = ByteBuffer.allocate(20);
        chunk.putInt(8)
                .put("acTL".getBytes(StandardCharsets.US_ASCII))
                .putInt(2)
                .putInt(0);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 12);
        chunk.putInt((int) crc.getValue());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        out.writeBytes(chunk.array());
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }
}
