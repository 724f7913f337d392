package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.request.SoftInpainting;
import gesso.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InpaintPlanTest {
    private static final Size OUTPUT = new Size(64, 64);

    /** Mask bounds in a 400×300 picture, padding, output size: the region that is generated. */
    @ParameterizedTest
    @CsvSource({
        "100,100,50,50, 0, 64x64, 100,100,50,50", // its aspect is right already
        "100,100,50,50, 32, 64x64, 68,68,114,114",
        "100,100,80,20, 0, 64x64, 100,70,80,80", // grown downwards and upwards alike
        "100,100,20,81, 0, 64x64, 70,100,81,81", // an odd rest goes to the right
        "0,0,1,1, 0, 64x64, 0,0,1,1",
        "0,0,1,1, 32, 64x64, 0,0,33,33",
        "399,299,1,1, 0, 128x64, 398,299,2,1",
        "399,0,1,1, 4, 64x128, 395,0,5,10",
        "0,299,1,1, 256, 64x64, 0,43,257,257",
        "0,100,400,20, 0, 64x64, 0,0,400,300", // the picture is too small: cut
        "0,0,400,300, 0, 64x64, 0,0,400,300",
        "150,0,100,300, 0, 2048x64, 0,0,400,300",
    })
    void theRegionIsTheMaskWithItsSurroundings(
            int x, int y, int w, int h, int padding, String output, int rx, int ry, int rw, int rh) {
        Size size = Size.parse(output);
        Region region =
                new Region(x, y, w, h).padded(padding, 400, 300).expanded(size.width(), size.height(), 400, 300);
        assertEquals(new Region(rx, ry, rw, rh), region);
    }

    @Test
    void sourceHoldsRegionHoldsMask() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            int width = 1 + random.nextInt(i % 3 == 0 ? 20 : 8192);
            int height = 1 + random.nextInt(i % 5 == 0 ? 20 : 8192);
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            Region mask = new Region(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
            Region padded = mask.padded(random.nextInt(257), width, height);
            Region region = padded.expanded(64 + 8 * random.nextInt(249), 64 + 8 * random.nextInt(249), width, height);
            assertTrue(padded.contains(mask) && region.contains(padded), mask + " " + region);
            assertTrue(new Region(0, 0, width, height).contains(region), region + " in " + width + "x" + height);
        }
    }

    /** What is generated has the output's proportions as nearly as whole pixels can, or is as wide or high as the source. */
    @Test
    void theRegionHasTheOutputsProportions() {
        Random random = new Random(6);
        for (int i = 0; i < 100_000; i++) {
            int width = 1 + random.nextInt(8192);
            int height = 1 + random.nextInt(8192);
            int outWidth = 64 + 8 * random.nextInt(249);
            int outHeight = 64 + 8 * random.nextInt(249);
            Region mask = onePixel(random, width, height);
            Region padded = mask.padded(random.nextInt(257), width, height);
            Region region = padded.expanded(outWidth, outHeight, width, height);
            boolean near = Math.abs((double) region.width() * outHeight / outWidth - region.height())
                    <= 1.0 * outHeight / outWidth + 1;
            assertTrue(
                    near || region.width() == width || region.height() == height,
                    "%s of %dx%d for %dx%d".formatted(region, width, height, outWidth, outHeight));
            // It grows in one direction alone, and no further than it must.
            assertTrue(region.width() == padded.width() || region.height() == padded.height(), region.toString());
        }
    }

    /** A corner, an edge or the middle. */
    private static Region onePixel(Random random, int width, int height) {
        int x = random.nextInt(3) == 0 ? 0 : random.nextInt(2) == 0 ? width - 1 : random.nextInt(width);
        int y = random.nextInt(3) == 0 ? 0 : random.nextInt(2) == 0 ? height - 1 : random.nextInt(height);
        return new Region(x, y, 1, 1);
    }

    /** Source, output, mode: the sizes and places of A1111's resize_image. */
    @Test
    void everyResizeModeFillsTheOutputWhateverTheSource() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            int width = i % 4 == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(120);
            int height = i % 5 == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(120);
            Size output = new Size(64 + 8 * random.nextInt(8), 64 + 8 * random.nextInt(8));
            int colour = 0xFF000000 | random.nextInt(1 << 24);
            int[] pixels = new int[width * height];
            Arrays.fill(pixels, colour);
            Picture source = new Picture(width, height, pixels);
            for (ResizeMode mode : ResizeMode.values()) {
                Picture fitted = Fitting.fit(mode, source, output);
                assertEquals(output, fitted.size(), mode + " " + width + "x" + height);
                // One colour stays one: nothing is left empty, no edge is mixed with what is not there.
                for (int p : fitted.argb()) {
                    assertEquals(colour, p, mode + " " + width + "x" + height + " " + output);
                }
            }
        }
    }

    /** A frame of "only masked" put back is as large as it was cut, at every edge, and touches nothing else. */
    @Test
    void aMaskOfOnePixelAtAnyEdgeChangesThatPixelAlone() {
        Random random = new Random(8);
        for (int i = 0; i < 80; i++) {
            int width = 1 + random.nextInt(i % 3 == 0 ? 4 : 150);
            int height = 1 + random.nextInt(i % 4 == 0 ? 4 : 150);
            Region pixel = onePixel(random, width, height);
            byte[] levels = new byte[width * height];
            levels[pixel.y() * width + pixel.x()] = (byte) 255;
            Picture source = PngWriterTest.random(random, width, height, true);
            InpaintPlan plan = plan(source, new Mask(width, height, levels), 0, InpaintArea.ONLY_MASKED, OUTPUT);
            Region region = plan.region();
            assertNotNull(region);
            assertTrue(region.contains(pixel) && new Region(0, 0, width, height).contains(region), region.toString());
            int[] white = new int[OUTPUT.width() * OUTPUT.height()];
            Arrays.fill(white, 0xFFFFFFFF);
            Picture made = plan.finish(new Picture(OUTPUT.width(), OUTPUT.height(), white));
            assertEquals(source.size(), made.size());
            for (int p = 0; p < levels.length; p++) {
                assertEquals(levels[p] == 0 ? source.argb()[p] : 0xFFFFFFFF, made.argb()[p], "pixel " + p);
            }
        }
    }

    @Test
    void aFullMaskRepaintsEveryPixelInBothAreas() {
        for (int[] s : new int[][] {{1, 1}, {1, 90}, {64, 64}, {77, 31}}) {
            Picture source = PngWriterTest.random(new Random(1), s[0], s[1], true);
            InpaintPlan plan = plan(source, Mask.filled(s[0], s[1], 255), 0, InpaintArea.ONLY_MASKED, OUTPUT);
            assertEquals(new Region(0, 0, s[0], s[1]), plan.region());
            int[] white = new int[OUTPUT.width() * OUTPUT.height()];
            Arrays.fill(white, 0xFFFFFFFF);
            Picture made = plan.finish(new Picture(OUTPUT.width(), OUTPUT.height(), white));
            assertTrue(Arrays.stream(made.argb()).allMatch(p -> p == 0xFFFFFFFF));
        }
    }

    /** The largest source that is meant, whole: masks of one pixel, none, and all, in its four corners. */
    @Test
    void theGeometryOfThe8192SquareTakesNoPixels() {
        int side = 8192;
        for (int x : new int[] {0, side - 1}) {
            for (int y : new int[] {0, side - 1}) {
                Region region = new Region(x, y, 1, 1).padded(32, side, side).expanded(512, 512, side, side);
                assertTrue(region.contains(new Region(x, y, 1, 1)));
                assertEquals(region.width(), region.height());
                assertEquals(33, region.width());
            }
        }
        Region all = new Region(0, 0, side, side);
        assertEquals(all, all.padded(256, side, side).expanded(2048, 64, side, side));
    }

    @Test
    void outsideTheBlurredMaskEveryPixelIsTheOriginals() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            InpaintArea area = i % 2 == 0 ? InpaintArea.ONLY_MASKED : InpaintArea.WHOLE_PICTURE;
            boolean part = area == InpaintArea.ONLY_MASKED;
            int width = part ? 1 + random.nextInt(90) : 8 * (1 + random.nextInt(11));
            int height = part ? 1 + random.nextInt(90) : 8 * (1 + random.nextInt(11));
            Mask painted = randomMask(random, width, height);
            int blur = random.nextInt(12);
            Picture source = PngWriterTest.random(random, width, height, true);
            Size output = part ? OUTPUT : new Size(width, height);
            Picture result = plan(source, painted, blur, area, output)
                    .finish(PngWriterTest.random(random, output.width(), output.height(), true));
            Mask blurred = MaskBlur.blur(painted.cut(), blur);
            if (blurred.bounds() == null && part) {
                continue; // An empty mask: its own test says what happens.
            }
            for (int p = 0; p < source.argb().length; p++) {
                if (blurred.at(p) == 0) {
                    assertEquals(source.argb()[p], result.argb()[p], "pixel " + p + " of case " + i);
                }
            }
        }
    }

    @Test
    void everySizeIsGeneratedAtTheOutputsSize() {
        Random random = new Random(5);
        int[][] sizes = {{1, 1}, {1, 700}, {700, 1}, {7, 9}, {64, 64}, {333, 222}};
        for (int[] s : sizes) {
            Picture source = PngWriterTest.random(random, s[0], s[1], false);
            for (ResizeMode mode : ResizeMode.values()) {
                for (InpaintArea area : InpaintArea.values()) {
                    for (int level : new int[] {0, 255}) {
                        Inpaint inpaint = inpaint(Mask.filled(s[0], s[1], level), 4, area, MaskedContent.FILL, null);
                        InpaintPlan plan =
                                InpaintPlan.of(new Rework(source, mode, 0.5, false, true, inpaint), new Size(72, 64));
                        Size init = plan.init().size();
                        assertEquals(0, init.width() % 8 + init.height() % 8, init.toString());
                        if (!plan.latentUpscale()) {
                            assertEquals(new Size(72, 64), init);
                        }
                        assertEquals(
                                3 * init.width() * init.height(),
                                plan.conditioningPicture(0.3).size());
                        assertEquals(9 * 8, plan.conditioningMask().size());
                        Picture result = plan.finish(PngWriterTest.random(random, 72, 64, true));
                        boolean whole = plan.region() == null;
                        assertEquals(whole ? new Size(72, 64) : source.size(), result.size());
                    }
                }
            }
        }
    }

    @Test
    void aMaskOfOnePixelIsRepaintedAtEveryEdge() {
        for (int[] p : new int[][] {{0, 0}, {99, 0}, {0, 79}, {99, 79}, {50, 0}, {0, 40}, {51, 33}}) {
            byte[] levels = new byte[100 * 80];
            levels[p[1] * 100 + p[0]] = (byte) 255;
            InpaintPlan plan = plan(
                    PngWriterTest.random(new Random(1), 100, 80, true),
                    new Mask(100, 80, levels),
                    0,
                    InpaintArea.ONLY_MASKED,
                    OUTPUT);
            Region region = plan.region();
            assertNotNull(region);
            assertTrue(region.contains(new Region(p[0], p[1], 1, 1)), region.toString());
            FloatTensor latent = plan.latentMask();
            assertNotNull(latent);
            assertEquals(64, latent.size());
        }
    }

    @Test
    void anEmptyMaskOfOnlyMaskedReworksAllAndSaysSo() {
        Picture source = PngWriterTest.random(new Random(1), 64, 64, true);
        InpaintPlan plan = plan(source, Mask.filled(64, 64, 128), 4, InpaintArea.ONLY_MASKED, OUTPUT);
        assertFalse(plan.isMasked());
        assertNull(plan.latentMask());
        assertEquals("The mask is empty, so the whole picture was reworked.", plan.note());
        Picture generated = PngWriterTest.random(new Random(2), 64, 64, true);
        assertEquals(generated, plan.finish(generated));
    }

    @Test
    void anEmptyMaskOfTheWholePictureKeepsIt() {
        Picture source = PngWriterTest.random(new Random(1), 64, 64, true);
        InpaintPlan plan = plan(source, Mask.filled(64, 64, 0), 4, InpaintArea.WHOLE_PICTURE, OUTPUT);
        assertEquals(source, plan.finish(PngWriterTest.random(new Random(2), 64, 64, true)));
    }

    @Test
    void aMaskOfAnotherSizeIsScaledAndSaidToBe() {
        Picture source = PngWriterTest.random(new Random(1), 120, 80, true);
        InpaintPlan plan = plan(source, Mask.filled(30, 30, 255), 0, InpaintArea.ONLY_MASKED, OUTPUT);
        assertEquals("The mask of 30x30 was scaled to the picture's 120x80.", plan.note());
        assertEquals(new Region(0, 0, 120, 80), plan.region());
    }

    @Test
    void withoutAMaskEverythingIsTheResult() {
        Picture source = PngWriterTest.random(new Random(1), 64, 64, true);
        InpaintPlan plan = InpaintPlan.of(new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, null), OUTPUT);
        assertEquals(source, plan.init());
        assertNull(plan.latentMask());
        for (float m : plan.conditioningMask().data()) {
            assertEquals(1, m);
        }
        for (float x : plan.conditioningPicture(1).data()) {
            assertEquals(0, Math.abs(x)); // mid-grey: nothing of the source is shown
        }
        assertTrue(Arrays.equals(
                Pixels.toTensor(source).data(), plan.conditioningPicture(0).data()));
        Picture generated = PngWriterTest.random(new Random(2), 64, 64, true);
        assertEquals(generated, plan.finish(generated));
    }

    @Test
    void softInpaintingKeepsTheGreys() {
        Picture source = PngWriterTest.random(new Random(1), 64, 64, true);
        Inpaint inpaint = inpaint(
                Mask.filled(64, 64, 90), 0, InpaintArea.WHOLE_PICTURE, MaskedContent.ORIGINAL, SoftInpainting.DEFAULT);
        InpaintPlan plan =
                InpaintPlan.of(new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, inpaint), OUTPUT);
        FloatTensor mask = plan.latentMask();
        assertNotNull(mask);
        assertEquals(90 / 255f, mask.data()[20]);
        // A latent that did not move shows the source alone.
        FloatTensor latent = FloatTensor.zeros(1, 4, 8, 8);
        Picture generated = PngWriterTest.random(new Random(2), 64, 64, true);
        assertEquals(source, plan.finish(generated, latent, latent, 0));
    }

    /** Sides of a source that nobody has: the middle is cut out without the rest ever being made. */
    @Test
    void extremeProportionsTakeNoMemory() {
        for (Size size : new Size[] {new Size(1, 8192), new Size(8192, 1), new Size(8192, 3)}) {
            Picture source = new Picture(size.width(), size.height(), new int[size.width() * size.height()]);
            for (ResizeMode mode : ResizeMode.values()) {
                assertEquals(
                        new Size(512, 512),
                        Fitting.fit(mode, Blending.opaque(source), new Size(512, 512))
                                .size());
            }
        }
    }

    private static Mask randomMask(Random random, int width, int height) {
        Mask mask = Mask.filled(width, height, 0);
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        int right = x + 1 + random.nextInt(width - x);
        int bottom = y + 1 + random.nextInt(height - y);
        for (int py = y; py < bottom; py++) {
            for (int px = x; px < right; px++) {
                mask.levels()[py * width + px] = (byte) (random.nextInt(5) > 0 ? 255 : random.nextInt(256));
            }
        }
        return mask;
    }

    private static InpaintPlan plan(Picture source, Mask mask, int blur, InpaintArea area, Size output) {
        Inpaint inpaint = inpaint(mask, blur, area, MaskedContent.ORIGINAL, null);
        return InpaintPlan.of(new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, inpaint), output);
    }

    private static Inpaint inpaint(
            Mask mask, int blur, InpaintArea area, MaskedContent content, @Nullable SoftInpainting soft) {
        return new Inpaint(mask.toPicture(), blur, MaskMode.MASKED, content, area, 3, soft);
    }
}
