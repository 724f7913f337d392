package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.Blending;
import gesso.image.Fitting;
import gesso.image.GeneratedPicture;
import gesso.image.Outpainting;
import gesso.image.PictureFiles;
import gesso.image.PixelHash;
import gesso.image.PixelUpscaler;
import gesso.image.Region;
import gesso.image.TileGrid;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.InvalidRequest;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Sampler;
import gesso.request.SdUpscale;
import gesso.request.SeedSettings;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What masks and strength maps leave alone, in whole pictures of the starter model. */
class ReworkPropertiesTest {
    private static final Path ASSETS = Path.of(System.getProperty("gesso.assets"));
    private static final Size SIZE = new Size(64, 64);
    private static final GenerationRequest REQUEST = base();

    private final List<String> steps = new ArrayList<>();
    private final Random random = new Random(20);
    private final Pipeline pipeline = new Pipeline(
            "cpu",
            ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
            f -> CompletableFuture.completedFuture("0".repeat(64)),
            VectorStore.NONE,
            () -> name -> List.of(),
            Path::of,
            () -> NetworkLibrary.EMPTY,
            notice -> {
                throw new AssertionError(notice);
            });

    private static GenerationRequest base() {
        GenerationRequest request =
                GenerationRequest.of("owl", ASSETS.resolve("models/gesso-starter.safetensors"), SIZE);
        return request.withSeeds(SeedSettings.DEFAULT.withSeed(3))
                .withSampling(request.sampling().withSteps(5).withSampler(Sampler.EULER));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private GeneratedPicture generate(GenerationRequest request) {
        List<GeneratedPicture> made = new ArrayList<>();
        pipeline.generate(request, new CancelToken(), new Engine.Listener() {
            @Override
            public void loading(String network) {}

            @Override
            public void step(Engine.Step step) {
                steps.add(step.index() + "/" + step.total());
            }

            @Override
            public void progress(String task, int done, int total) {}

            @Override
            public void decoding(int picture) {}

            @Override
            public void picture(GeneratedPicture picture) {
                made.add(picture);
            }

            @Override
            public void notice(String sentence) {}
        });
        return made.get(0);
    }

    private Picture noise(Size size) {
        int[] pixels = new int[size.width() * size.height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 0xFF000000 | random.nextInt(1 << 24);
        }
        return new Picture(size.width(), size.height(), pixels);
    }

    private static Picture grey(Size size, int level) {
        int[] pixels = new int[size.width() * size.height()];
        Arrays.fill(pixels, 0xFF000000 | level * 0x10101);
        return new Picture(size.width(), size.height(), pixels);
    }

    /** A pixel outside the blurred mask is the original's, to the bit, and the file says that it was looked at. */
    @Test
    void outsideTheMaskNothingChanges() {
        for (int trial = 0; trial < 12; trial++) {
            boolean whole = trial % 3 == 0;
            Size size = whole ? SIZE : new Size(1 + random.nextInt(150), 1 + random.nextInt(150));
            int blur = random.nextInt(6);
            boolean[] painted = new boolean[size.width() * size.height()];
            Picture source = noise(size);
            Picture mask = mask(size, painted);
            Inpaint inpaint = new Inpaint(
                    mask,
                    blur,
                    MaskMode.MASKED,
                    MaskedContent.ORIGINAL,
                    whole ? InpaintArea.WHOLE_PICTURE : InpaintArea.ONLY_MASKED,
                    random.nextInt(40),
                    null);
            Rework rework = new Rework(source, ResizeMode.JUST_RESIZE, 0.2, false, trial % 2 == 0, inpaint);
            GeneratedPicture made = generate(REQUEST.edit(e -> e.rework(rework)));
            assertEquals(size, made.picture().size());
            assertEquals("outside unchanged", made.facts().get("Mask check"));
            assertNotEquals(source, made.picture());
            int reach = (int) (2.5 * blur + 0.5) + 1;
            for (int i = 0; i < painted.length; i++) {
                if (!near(painted, size, i, reach)) {
                    assertEquals(source.argb()[i], made.picture().argb()[i], "trial " + trial + " pixel " + i);
                }
            }
        }
    }

    /** What an extended picture keeps is the picture's, to the bit; what is new is painted. */
    @ParameterizedTest
    @CsvSource({"16, 8, 0, 13, 2", "0, 0, 32, 0, 1", "8, 8, 8, 8, 0"})
    void anExtendedPictureKeepsItsPixels(int left, int right, int top, int bottom, int blur) {
        Picture picture = noise(new Size(59, 64));
        Outpainting extended = Outpainting.of(picture.size(), left, right, top, bottom, blur);
        Inpaint inpaint = new Inpaint(
                extended.mask().toPicture(),
                blur,
                MaskMode.MASKED,
                MaskedContent.FILL,
                InpaintArea.WHOLE_PICTURE,
                32,
                null);
        Picture canvas = extended.extend(picture);
        Rework rework = new Rework(canvas, ResizeMode.JUST_RESIZE, 0.8, false, false, inpaint);
        GeneratedPicture made = generate(REQUEST.edit(e -> e.rework(rework).size(extended.canvas())));
        assertEquals("outside unchanged", made.facts().get("Mask check"));
        boolean[] painted = new boolean[canvas.argb().length];
        for (int i = 0; i < painted.length; i++) {
            painted[i] = extended.mask().at(i) > 0;
        }
        int kept = 0;
        int reach = (int) (2.5 * blur + 0.5) + 1;
        for (int i = 0; i < painted.length; i++) {
            if (!near(painted, extended.canvas(), i, reach)) {
                int x = i % canvas.width() - extended.source().x();
                int y = i / canvas.width() - extended.source().y();
                assertEquals(picture.at(x, y), made.picture().argb()[i], "pixel " + i);
                kept++;
            }
        }
        assertTrue(kept > 500, kept + " pixels kept");
        assertNotEquals(canvas, made.picture());
    }

    @Test
    void aStrengthMapIsNamedByItsPixels() {
        Picture picture = noise(new Size(64, 64));
        Picture map = noise(new Size(32, 32));
        Rework plain = new Rework(picture, ResizeMode.JUST_RESIZE, 0.8, false, false, null);
        GeneratedPicture made = generate(REQUEST.edit(e -> e.rework(plain.withStrengthMap(map))));
        assertEquals(PixelHash.of(map), made.facts().get("Strength map"));
        assertNull(generate(REQUEST.edit(e -> e.rework(plain))).facts().get("Strength map"));
    }

    private Picture mask(Size size, boolean[] painted) {
        int left = random.nextInt(size.width());
        int top = random.nextInt(size.height());
        int width = 1 + random.nextInt(size.width() - left);
        int height = 1 + random.nextInt(size.height() - top);
        int[] pixels = new int[painted.length];
        for (int i = 0; i < painted.length; i++) {
            int x = i % size.width();
            int y = i / size.width();
            painted[i] = x >= left && x < left + width && y >= top && y < top + height;
            pixels[i] = painted[i] ? 0xFFFFFFFF : 0xFF000000;
        }
        return new Picture(size.width(), size.height(), pixels);
    }

    private static boolean near(boolean[] painted, Size size, int i, int reach) {
        int cx = i % size.width();
        int cy = i / size.width();
        for (int y = Math.max(cy - reach, 0); y <= Math.min(cy + reach, size.height() - 1); y++) {
            for (int x = Math.max(cx - reach, 0); x <= Math.min(cx + reach, size.width() - 1); x++) {
                if (painted[y * size.width() + x]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Each tile is the picture that the same settings make of it alone, with its own seed; the file names the whole's. */
    @Test
    void sdUpscaleReworksEveryTileByItself() {
        Picture source = noise(new Size(60, 48));
        Rework rework = new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, null);
        SdUpscale asked = new SdUpscale(2, 16, "Nearest");
        GenerationRequest request = REQUEST.edit(e -> e.rework(rework).sdUpscale(asked));
        GeneratedPicture made = generate(request);
        Size size = new Size(120, 96);
        assertEquals(size, made.picture().size());
        assertEquals(asked, made.request().sdUpscale());
        TileGrid grid = new TileGrid(size, SIZE, 16);
        Picture large = PixelUpscaler.NEAREST.enlarge(source, size);
        List<Picture> tiles = new ArrayList<>();
        for (Region region : grid.tiles()) {
            Rework part = rework.withSource(Blending.crop(large, region));
            SeedSettings seed = SeedSettings.DEFAULT.withSeed(3 + tiles.size());
            tiles.add(generate(REQUEST.edit(e -> e.rework(part).seeds(seed))).picture());
        }
        assertEquals(6, tiles.size());
        assertEquals(grid.combine(tiles), made.picture());
        assertEquals(6 * 3, steps.size() - 6 * 3, "the whole counted the tiles' steps");
        assertEquals("1/18", steps.get(0));
        assertEquals("18/18", steps.get(17));
    }

    /** The same picture as from the source that the upscaler has enlarged before. */
    @ParameterizedTest
    @CsvSource({"JUST_RESIZE, 64, 64", "CROP_AND_RESIZE, 96, 64", "RESIZE_AND_FILL, 64, 42"})
    void anUpscalerEnlargesTheSource(ResizeMode mode, int width, int height) {
        Picture source = noise(new Size(48, 32));
        Rework plain = new Rework(source, mode, 0.5, false, false, null);
        Picture large = PixelUpscaler.NEAREST.enlarge(source, new Size(width, height));
        Picture expected =
                generate(REQUEST.edit(e -> e.rework(plain.withSource(large)))).picture();
        Rework asked = plain.withUpscaler("nearest");
        assertEquals(expected, generate(REQUEST.edit(e -> e.rework(asked))).picture());
        assertNotEquals(expected, generate(REQUEST.edit(e -> e.rework(plain))).picture());
        assertThrows(InvalidRequest.class, () -> generate(REQUEST.edit(e -> e.rework(asked.withStrengthMap(source)))));
    }

    @Test
    void sdUpscaleTakesSmallPicturesAndRefusesMasks() {
        Picture source = noise(new Size(35, 60));
        Rework rework = new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, null);
        GenerationRequest request = REQUEST.edit(
                e -> e.rework(rework).size(new Size(128, 128)).sdUpscale(new SdUpscale(2.1, 64, "Lanczos")));
        assertEquals(new Size(72, 120), generate(request).picture().size());
        assertThrows(InvalidRequest.class, () -> generate(request.edit(e -> e.rework(rework.withStrengthMap(source)))));
        assertThrows(InvalidRequest.class, () -> generate(request.edit(e -> e.batch(2, 1))));
        assertThrows(
                InvalidRequest.class, () -> generate(request.edit(e -> e.sdUpscale(new SdUpscale(1, 64, "None")))));
    }

    /** A map of one grey is that denoising strength everywhere. */
    @ParameterizedTest
    @CsvSource({"51, false", "102, false", "204, false", "255, false", "102, true"})
    void oneGreyIsThatStrength(int level, boolean exact) {
        Picture source = noise(SIZE);
        Rework mapped = new Rework(source, ResizeMode.JUST_RESIZE, 1, exact, false, null)
                .withStrengthMap(grey(new Size(9, 7), level));
        Rework plain = new Rework(source, ResizeMode.JUST_RESIZE, level / 255.0, exact, false, null);
        assertEquals(
                generate(REQUEST.edit(e -> e.rework(plain))).picture(),
                generate(REQUEST.edit(e -> e.rework(mapped))).picture());
    }

    /** What is black on the map stays to the bit, with every kind of sampler; what is not is made anew. */
    @ParameterizedTest
    @EnumSource(names = {"EULER", "EULER_A", "DPMPP_2M", "DDIM", "UNIPC"})
    void blackStaysToTheBit(Sampler sampler) {
        Picture source = noise(SIZE);
        int[] map = new int[64 * 64];
        for (int i = 0; i < map.length; i++) {
            int x = i % 64;
            map[i] = x < 24 ? 0xFF000000 : 0xFF000000 | Math.min(4 * x, 255) * 0x10101;
        }
        Rework rework = new Rework(source, ResizeMode.JUST_RESIZE, 1, false, false, null)
                .withStrengthMap(new Picture(64, 64, map));
        Picture made = generate(REQUEST.edit(
                        e -> e.rework(rework).sampling(REQUEST.sampling().withSampler(sampler))))
                .picture();
        int changed = 0;
        for (int i = 0; i < map.length; i++) {
            if (i % 64 < 24) {
                assertEquals(source.argb()[i], made.argb()[i], "pixel " + i);
            } else {
                changed += source.argb()[i] == made.argb()[i] ? 0 : 1;
            }
        }
        assertTrue(changed > 2000, changed + " pixels changed");
    }

    /** Files of every kind go through whole pictures: turned upright, their 16 bits as 8, what is transparent over white. */
    @ParameterizedTest
    @CsvSource({"turned.png", "rgb16.png", "rgba16.png", "rgba.png"})
    void whatIsKeptOfAFileIsWhatItMeans(String name) {
        Path files = Path.of("src/test/resources/image/files");
        Rework rework = new Rework(
                        PictureFiles.read(files.resolve(name)), ResizeMode.JUST_RESIZE, 1, false, false, null)
                .withStrengthMap(grey(SIZE, 0));
        Picture seen = Blending.flatten(PictureFiles.read(files.resolve(name + ".seen.png")), 0xFFFFFF);
        assertEquals(
                Fitting.fit(ResizeMode.JUST_RESIZE, seen, SIZE),
                generate(REQUEST.edit(e -> e.rework(rework))).picture());
    }

    @Test
    void anAllBlackMapLeavesThePicture() {
        Picture source = noise(SIZE);
        Rework rework =
                new Rework(source, ResizeMode.JUST_RESIZE, 1, false, false, null).withStrengthMap(grey(SIZE, 0));
        assertEquals(source, generate(REQUEST.edit(e -> e.rework(rework))).picture());
    }
}
