package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.Outpainting;
import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.library.Json;
import gesso.request.BadInput;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Inpaint;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.request.SdUpscale;
import gesso.request.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest {
    @TempDir
    Path home;

    private FakeWorkshop gesso = new FakeWorkshop(Path.of("target"));

    @BeforeEach
    void open() {
        gesso = new FakeWorkshop(home);
    }

    @Test
    void aPictureIsSavedAndItsPathPrinted() {
        assertEquals(0, gesso.run("generate", "red apple", "--seed", "7"));
        Path file = Path.of(gesso.printed());
        assertTrue(file.startsWith(home.resolve("pictures")), file.toString());
        assertEquals(new Size(128, 128), PictureFiles.read(file).size());
        assertEquals("", gesso.said());
        assertEquals("red apple", gesso.request().prompt());
        assertEquals(
                home.resolve("models/gesso-starter.safetensors"),
                gesso.request().model());
    }

    @Test
    void jsonHasALineForEachPicture() {
        assertEquals(
                0, gesso.run("generate", "red apple", "--seed", "7", "--count", "2", "--size", "64x128", "--json"));
        List<String> lines = gesso.printed().lines().toList();
        assertEquals(2, lines.size());
        Map<String, @Nullable Object> second = Json.readObject(lines.get(1));
        assertEquals(
                List.of("path", "seed", "size", "seconds", "steps_per_second", "device", "peak_memory"),
                List.copyOf(second.keySet()));
        assertTrue(Files.exists(Path.of(String.valueOf(second.get("path")))));
        assertEquals(8, second.get("seed"));
        assertEquals("64x128", second.get("size"));
        assertEquals("cpu", second.get("device"));
        assertEquals(123_456_789, second.get("peak_memory"));
        assertTrue(second.get("seconds") instanceof Number);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --stepz 3                  | There is no option --stepz; did you mean --steps?
            --steps x                  | --steps takes a whole number, not "x".
            --steps                    | --steps needs a value: --steps N.
            --steps 0                  | Sampling steps must be between 1 and 150, not 0.
            --cfg seven                | --cfg takes a number, not "seven".
            --cfg NaN                  | CFG scale must be between 1 and 30, not NaN.
            --steps 3 --steps 4        | --steps is given twice.
            --size 130x70              | Width and height must be multiples of 8, which 130x70 is not; the nearest sizes that work are 128x64 and 136x72.
            --size big                 | A size is written like 512x768, not "big".
            apple                      | "apple" is one word too many for generate; put what belongs together in quotes.
            --rng dice                 | --rng is one of gpu, cpu, nv, comfy, not "dice".
            --mask-blur 3              | --mask-blur does nothing without --mask.
            --outpaint 64              | --outpaint does nothing without --image.
            --sd-upscale 2             | --sd-upscale does nothing without --image.
            --upscaler Lanczos         | --upscaler does nothing without --image.
            --hires-scale 2            | --hires-scale does nothing without --hires.
            --denoise 0.5              | --denoise does nothing without --image or --hires.
            --image no-such.png        | There is no picture at no-such.png.
            --model gesso-startr       | There is no model "gesso-startr"; did you mean gesso-starter?
            --device abacus            | There is no device "abacus".
            --out picture.jpg          | Pictures are written as PNG: give picture.jpg a name that ends in .png, or name a folder.
            --out /dev/null/a.png      | Nothing can be written to /dev/null/a.png; choose another place with --out.
            """)
    void badInputIsOneSentenceAndCode2(String options, String sentence) {
        String[] arguments = Stream.concat(Stream.of("generate", "red"), Stream.of(options.split(" ")))
                .toArray(String[]::new);
        assertEquals(2, gesso.run(arguments));
        assertEquals(sentence, gesso.said());
        assertEquals("", gesso.printed());
        assertFalse(Files.exists(home.resolve("pictures")));
    }

    @Test
    void withoutAPromptItSaysSo() {
        assertEquals(2, gesso.run("generate"));
        assertEquals("generate needs a prompt: gesso generate \"red apple\".", gesso.said());
    }

    @Test
    void anAtSignIsAPromptLikeAny() {
        assertEquals(0, gesso.run("generate", "@home"), gesso.said());
        assertEquals("@home", gesso.request().prompt());
    }

    @Test
    void theCauseOfAFailureDecidesTheCode() {
        gesso.fault = new GessoException("There is not enough memory for this picture.");
        assertEquals(1, gesso.run("generate", "owl"));
        gesso.fault = new BadInput("The file is broken.");
        assertEquals(2, gesso.run("generate", "owl"));
        gesso.fault = new Cancelled();
        assertEquals(130, gesso.run("generate", "owl"));
        assertEquals(
                List.of("There is not enough memory for this picture.", "The file is broken.", "Cancelled."),
                gesso.said().lines().toList());
        assertEquals("", gesso.printed());
    }

    @Test
    void aFaultIsASentenceWithoutItsTrace() {
        gesso.fault = new IllegalStateException("odd");
        assertEquals(1, gesso.run("generate", "owl"));
        assertEquals(1, gesso.said().lines().count());
        assertTrue(gesso.said().contains("odd"), gesso.said());
    }

    @Test
    void outNamesAFileOrAFolder() {
        Path file = home.resolve("new folder/apple.png");
        assertEquals(0, gesso.run("generate", "owl", "--out", file.toString()), gesso.said());
        assertEquals(file.toString(), gesso.printed());
        assertTrue(Files.exists(file));
        FakeWorkshop again = new FakeWorkshop(home);
        Path folder = home.resolve("many");
        assertEquals(0, again.run("generate", "owl", "--count", "2", "--out", folder.toString()));
        assertEquals(
                2, again.printed().lines().filter(p -> Files.exists(Path.of(p))).count());
        assertTrue(
                again.printed().lines().allMatch(p -> folder.equals(Path.of(p).getParent())));
    }

    @Test
    void aTerminalShowsABarAndAScriptDoesNot() {
        FakeWorkshop watched = new FakeWorkshop(home, true);
        assertEquals(0, watched.run("generate", "owl", "--steps", "4"));
        assertTrue(watched.err.toString().contains("step 2/4"), watched.err.toString());
        assertTrue(watched.err.toString().endsWith("\r\u001b[K"), "the bar is wiped away");
        FakeWorkshop quiet = new FakeWorkshop(home, true);
        assertEquals(0, quiet.run("generate", "owl", "--quiet"));
        assertEquals("", quiet.err.toString());
    }

    @Test
    void aDeviceThatFallsBackIsTold() {
        assertEquals(0, gesso.run("generate", "owl", "--device", "cuda"));
        assertEquals("CUDA cannot be used: there is no driver. The CPU is used instead.", gesso.said());
    }

    @Test
    void outpaintingExtendsThePicture() throws IOException {
        Path picture = picture("small.png", 100, 120);
        assertEquals(0, gesso.run("generate", "owl", "--image", picture.toString(), "--outpaint", "32"), gesso.said());
        assertEquals(new Size(168, 184), gesso.request().size());
        Rework rework = Objects.requireNonNull(gesso.request().rework());
        Inpaint inpaint = Objects.requireNonNull(rework.inpaint());
        Outpainting expected = Outpainting.of(new Size(100, 120), 32, 32, 32, 32, 8);
        assertEquals(expected.mask().toPicture(), inpaint.mask());
        assertEquals(expected.extend(PictureFiles.read(picture)), rework.source());
        assertEquals(8, inpaint.blur());
        assertEquals(0.8, rework.denoisingStrength());
        assertEquals("32,32,32,32", gesso.request().extras().get("Outpaint"));
        gesso.run("generate", "owl", "--image", picture.toString(), "--outpaint", "0,64,0,8", "--mask-blur", "2");
        assertEquals(new Size(168, 128), gesso.request().size());
        inpaint = Objects.requireNonNull(
                Objects.requireNonNull(gesso.request().rework()).inpaint());
        assertEquals(Outpainting.of(new Size(100, 120), 0, 64, 0, 8, 2).mask().toPicture(), inpaint.mask());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --outpaint wide            | --outpaint takes a number of pixels, or four: LEFT,RIGHT,TOP,BOTTOM; not "wide".
            --outpaint 1,2             | --outpaint takes a number of pixels, or four: LEFT,RIGHT,TOP,BOTTOM; not "1,2".
            --outpaint 8,300,0,0       | A side is extended by 8 to 256 pixels, or 0, not 300.
            --outpaint 0               | --outpaint extends no side; say by how many pixels.
            --outpaint 8 --mask m.png  | --outpaint has a mask of its own; leave out --mask.
            --outpaint 64 --size 64x64 | --outpaint makes a picture of 168x168; leave out --size, or add --area masked.
            """)
    void outpaintingIsCheckedBeforeTheRun(String options, String sentence) throws IOException {
        Path picture = picture("small.png", 40, 40);
        String[] arguments = Stream.concat(
                        Stream.of("generate", "red", "--image", picture.toString()), Stream.of(options.split(" ")))
                .toArray(String[]::new);
        assertEquals(2, gesso.run(arguments));
        assertEquals(sentence, gesso.said());
        assertEquals(List.of(), gesso.requests);
    }

    @Test
    void sdUpscaleKeepsTheModelsSizeForItsTiles() throws IOException {
        String picture = picture("small.png", 100, 120).toString();
        assertEquals(0, gesso.run("generate", "owl", "--image", picture, "--sd-upscale", "2"), gesso.said());
        assertEquals(new SdUpscale(2, 64, "Lanczos"), gesso.request().sdUpscale());
        assertEquals(new Size(128, 128), gesso.request().size());
        String[] more = {"--sd-upscale", "1.5", "--sd-upscale-overlap", "16", "--upscaler", "nearest"};
        assertEquals(
                0,
                gesso.run(Stream.concat(
                                Stream.of("generate", "owl", "--image", picture, "--size", "64x72"), Stream.of(more))
                        .toArray(String[]::new)));
        assertEquals(new SdUpscale(1.5, 16, "nearest"), gesso.request().sdUpscale());
        assertEquals(new Size(64, 72), gesso.request().size());
        assertEquals(2, gesso.run("generate", "owl", "--image", picture, "--sd-upscale", "2", "--upscaler", "nothing"));
        assertTrue(gesso.said().contains("upscaler"), gesso.said());
    }

    @Test
    void anUpscalerEnlargesASmallSource() throws IOException {
        String picture = picture("small.png", 64, 64).toString();
        assertEquals(0, gesso.run("generate", "owl", "--image", picture, "--size", "128x128", "--upscaler", "Nearest"));
        assertEquals("Nearest", rework(gesso.request()).upscaler());
    }

    @Test
    void loopbackReworksEachPictureIntoTheNext() throws IOException {
        String picture = picture("small.png", 64, 64).toString();
        String[] loop = {"generate", "owl", "--image", picture, "--seed", "7", "--denoise", "0.4", "--loopback", "3"};
        assertEquals(0, gesso.run(with(loop, "--final-denoise", "0.8", "--count", "2")), gesso.said());
        assertEquals(6, gesso.printed().lines().count());
        assertEquals(
                List.of(7L, 8L, 9L, 10L, 11L, 12L),
                gesso.requests.stream().map(r -> r.seeds().seed()).toList());
        List<Double> strengths =
                gesso.requests.stream().map(r -> rework(r).denoisingStrength()).toList();
        for (int i = 0; i < 6; i++) {
            assertEquals(List.of(0.4, 0.6, 0.8).get(i % 3), strengths.get(i), 1e-12);
        }
        Picture start = PictureFiles.read(Path.of(picture));
        assertEquals(start, rework(gesso.requests.get(0)).source());
        assertEquals(start, rework(gesso.requests.get(3)).source());
        Picture first =
                PictureFiles.read(Path.of(gesso.printed().lines().findFirst().orElseThrow()));
        assertEquals(first, rework(gesso.requests.get(1)).source());
        assertEquals("0.8", gesso.request().extras().get("Final denoising strength"));
        assertEquals("Linear", gesso.request().extras().get("Denoising curve"));
    }

    @ParameterizedTest
    @CsvSource({
        "--loopback 2,--loopback does nothing without --image.",
        "--final-denoise 1,--final-denoise does nothing without --loopback."
    })
    void loopbackIsCheckedBeforeTheRun(String options, String sentence) {
        assertEquals(2, gesso.run(with(new String[] {"generate", "owl"}, options.split(" "))));
        assertEquals(sentence, gesso.said());
    }

    @Test
    void aFolderOfPicturesIsReworkedAndABrokenOneIsSaid() throws IOException {
        Files.createDirectories(home.resolve("in"));
        picture("in/b.png", 64, 72);
        picture("in/c.png", 80, 64);
        picture("in/huge.png", 3000, 64);
        Files.writeString(home.resolve("in/a.png"), "no picture");
        Files.writeString(home.resolve("in/notes.txt"), "no picture either");
        Path out = home.resolve("out");
        String[] run = {"generate", "owl", "--image", home.resolve("in").toString(), "--out", out.toString()};
        assertEquals(2, gesso.run(run));
        assertEquals(
                List.of(out.resolve("b.png").toString(), out.resolve("c.png").toString()),
                gesso.printed().lines().toList());
        assertEquals(
                List.of(new Size(64, 72), new Size(80, 64)),
                gesso.requests.stream().map(GenerationRequest::size).toList());
        List<String> said = gesso.said().lines().toList();
        assertEquals(2, said.size(), gesso.said());
        assertTrue(said.get(0).startsWith("a.png is"), said.get(0));
        assertTrue(said.get(1).startsWith("huge.png: The picture to start from has 3000x64"), said.get(1));
        // What is wrong of all is said once.
        FakeWorkshop again = new FakeWorkshop(home);
        assertEquals(2, again.run(with(run, "--denoise", "3")));
        assertEquals(
                "Denoising strength must be between 0 and 1, not 3.",
                again.said().lines().skip(1).findFirst().orElse(""));
        assertEquals(2, again.said().lines().count(), again.said());
        FakeWorkshop good = new FakeWorkshop(home);
        Files.delete(home.resolve("in/a.png"));
        Files.delete(home.resolve("in/huge.png"));
        assertEquals(0, good.run(run));
        assertEquals(
                out.resolve("b-2.png").toString(),
                good.printed().lines().findFirst().orElse(""));
    }

    private static Rework rework(GenerationRequest request) {
        return Objects.requireNonNull(request.rework());
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    /** How a camera was held, colours of another profile, transparency and 16 bits count as Pillow and LittleCMS see them. */
    @ParameterizedTest
    @CsvSource({"turned-6.jpg,3", "turned.png,0", "icc.jpg,3", "icc.png,3", "rgba.png,0", "rgb16.png,0", "rgba16.png,0"
    })
    void aSourceIsWhatItsFileMeans(String name, int limit) {
        Path files = Path.of("src/test/resources/image/files");
        String file = files.resolve(name).toString();
        assertEquals(0, gesso.run("generate", "owl", "--image", file, "--size", "64x64"), gesso.said());
        Picture source = rework(gesso.request()).source();
        Picture seen = PictureFiles.read(files.resolve(name + ".seen.png"));
        assertEquals(seen.size(), source.size());
        for (int i = 0; i < seen.argb().length; i++) {
            for (int shift = 0; shift < 32; shift += 8) {
                int difference = Math.abs((seen.argb()[i] >>> shift & 255) - (source.argb()[i] >>> shift & 255));
                assertTrue(difference <= limit || seen.argb()[i] >>> 24 == 0, name + " at " + i + ": " + difference);
            }
        }
    }

    private Path picture(String name, int width, int height) throws IOException {
        int[] pixels = new Random(1)
                .ints((long) width * height)
                .map(p -> p | 0xFF000000)
                .toArray();
        Path file = home.resolve(name);
        Files.write(file, PngWriter.encode(new Picture(width, height, pixels), List.of()));
        return file;
    }
}
