package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what Pillow sees in the same files (goldens/image/make_files.py). */
class PictureFilesTest {
    private static final Path FILES = Path.of("src/test/resources/image/files");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "rgba.png",
                "grey.png",
                "grey-alpha.png",
                "palette.png",
                "palette-transparent.png",
                "bilevel.png",
                "rgb16.png",
                "rgba16.png",
                "grey16.png",
                "grey4.png",
                "rgb-key.png",
                "turned.png",
                "srgb.png",
                "rgb.bmp",
                "animated.gif",
                "part.gif",
                "transparent.gif",
                "lossless.webp",
                "lossless-alpha.webp",
                "animated.webp",
                "turned.webp"
            })
    void exactFormatsAreReadToTheBit(String name) {
        assertEquals(0, largestDifference(seen(name), PictureFiles.read(FILES.resolve(name))), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.jpg",
                "grey.jpg",
                "progressive.jpg",
                "no-subsampling.jpg",
                "turned-1.jpg",
                "turned-2.jpg",
                "turned-3.jpg",
                "turned-4.jpg",
                "turned-5.jpg",
                "turned-6.jpg",
                "turned-7.jpg",
                "turned-8.jpg",
                "icc.png",
                "icc.jpg",
                "icc.webp",
                "cmyk.jpg"
            })
    void lossyFormatsAreReadWithinADecodersFreedom(String name) {
        int limit = name.startsWith("cmyk") ? 40 : 3;
        int difference = largestDifference(seen(name), PictureFiles.read(FILES.resolve(name)));
        assertTrue(difference <= limit, name + ": " + difference);
    }

    /** libwebp smooths the coarse chroma, Java's decoder does not: single edge pixels differ, the picture does not. */
    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossy-alpha.webp"})
    void lossyWebpIsTheSamePicture(String name) {
        Picture expected = seen(name);
        Picture actual = PictureFiles.read(FILES.resolve(name));
        double sum = 0;
        for (int i = 0; i < expected.argb().length; i++) {
            for (int shift = 0; shift < 32; shift += 8) {
                sum += Math.abs((expected.argb()[i] >>> shift & 255) - (actual.argb()[i] >>> shift & 255));
            }
        }
        assertTrue(sum / (3 * expected.argb().length) < 4, name + ": " + sum);
    }

    @Test
    void everyCutOfAFileIsASentenceThatNamesIt() throws IOException {
        for (String name :
                new String[] {"rgb.png", "palette.png", "rgb.jpg", "progressive.jpg", "lossless.webp", "lossy.webp"}) {
            byte[] whole = Files.readAllBytes(FILES.resolve(name));
            for (int length = 0; length < whole.length * 3 / 4; length += 1 + whole.length / 40) {
                byte[] cut = Arrays.copyOf(whole, length);
                BadInput e = assertThrows(
                        BadInput.class, () -> PictureFiles.read(cut, "my picture"), name + " cut at " + length);
                assertTrue(e.sentence().startsWith("my picture "), e.sentence());
            }
        }
    }

    @Test
    void noMutatedFileDoesAnythingButBeReadOrRefused() throws IOException {
        mutate(20);
    }

    @Test
    @Tag("long")
    void noneOfManyMutatedFilesDoes() throws IOException {
        mutate(3000);
    }

    /** Of every file, so many versions with some bytes changed, some of them cut off as well. */
    private static void mutate(int times) throws IOException {
        Random random = new Random(1);
        List<Path> files;
        try (Stream<Path> all = Files.list(FILES)) {
            files = all.filter(f -> !f.toString().endsWith(".seen.png"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < times; i++) {
                byte[] bad = i % 6 == 0 ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length)) : whole.clone();
                for (int n = 1 + random.nextInt(6); n > 0; n--) {
                    int reach = random.nextInt(3) == 0 ? Math.min(bad.length, 64) : bad.length;
                    bad[random.nextInt(reach)] = (byte) random.nextInt();
                }
                try {
                    assertTrue(PictureFiles.read(bad, "x").width() > 0);
                } catch (BadInput e) {
                    assertTrue(e.sentence().startsWith("x "), e.sentence());
                }
            }
        }
    }

    /** WebP's decoder overlooks the end of a file: a lie about its height would keep it busy for minutes. */
    @Test
    void aWebpThatLiesAboutItsHeightIsRefusedAtItsEnd() throws IOException {
        byte[] webp = Files.readAllBytes(FILES.resolve("turned.webp"));
        webp[27] = (byte) 0xFF;
        webp[28] = 0x3F;
        assertThrows(BadInput.class, () -> PictureFiles.read(webp, "x"));
    }

    @Test
    void foreignEmptyAndMissingFilesAreSentences() throws IOException {
        Path text = Files.writeString(folder.resolve("letter.png"), "Dear artist");
        assertTrue(refusal(text).startsWith("letter.png is no picture that Gesso reads"));
        assertEquals("none.png is empty.", refusal(Files.createFile(folder.resolve("none.png"))));
        assertTrue(refusal(folder.resolve("absent.png")).contains("absent.png"));
        assertTrue(refusal(Files.createDirectory(folder.resolve("folder"))).contains("folder"));
    }

    @Test
    void aSourceOf200MegapixelsIsRefusedByItsHeader() throws IOException {
        byte[] png = Files.readAllBytes(FILES.resolve("rgb.png"));
        for (int i = 0; i < 2; i++) {
            png[18 + 4 * i] = (byte) (14143 >> 8);
            png[19 + 4 * i] = (byte) 14143;
        }
        BadInput e = assertThrows(BadInput.class, () -> PictureFiles.read(png, "big.png"));
        assertTrue(e.sentence().contains("big.png has 14143×14143 pixels"), e.sentence());
    }

    private static String refusal(Path file) {
        return assertThrows(BadInput.class, () -> PictureFiles.read(file)).sentence();
    }

    private static Picture seen(String name) {
        return PictureFiles.read(FILES.resolve(name + ".seen.png"));
    }

    static int largestDifference(Picture expected, Picture actual) {
        assertEquals(expected.size(), actual.size());
        int most = 0;
        for (int i = 0; i < expected.argb().length; i++) {
            for (int shift = 0; shift < 32; shift += 8) {
                most = Math.max(
                        most, Math.abs((expected.argb()[i] >>> shift & 255) - (actual.argb()[i] >>> shift & 255)));
            }
        }
        return most;
    }

    @Test
    void differencesAreSeen() {
        Picture red = new Picture(1, 1, new int[] {0xFFFF0000});
        assertEquals(255, largestDifference(red, new Picture(1, 1, new int[] {0xFF000000})));
        assertTrue(new String(PngWriter.SIGNATURE, StandardCharsets.ISO_8859_1).startsWith("\u0089PNG"));
    }
}
