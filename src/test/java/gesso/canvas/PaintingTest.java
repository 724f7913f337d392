package gesso.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.Region;
import gesso.request.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tools on layers, pixel by pixel. */
class PaintingTest {
    private static final Region ALL = new Region(0, 0, 600, 400);

    private final CanvasDocument document = new CanvasDocument();

    private Layer add(LayerKind kind, @Nullable Picture base) {
        Layer layer = document.newLayer(kind, new Look("x", true, 1, 0, 0), base);
        document.perform(new Change.Presence(layer, document.layers().size(), true));
        return layer;
    }

    private void paint(Layer layer, Ink ink, double opacity, Coverage coverage) {
        Painting painting = new Painting(layer, ink, opacity, ALL);
        painting.cover(coverage);
        document.performed(painting.end());
    }

    private static Picture noise(int width, int height, long seed) {
        Random random = new Random(seed);
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | random.nextInt();
        }
        return new Picture(width, height, argb);
    }

    @Test
    void aRectangleIsExactlyItsPixelsAcrossTiles() {
        Layer mask = add(LayerKind.MASK, null);
        Region region = new Region(250, 251, 13, 20);
        paint(mask, Ink.WHITE, 1, Shapes.rectangle(region));
        byte[] levels = Compositor.levels(mask, ALL);
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < 600; x++) {
                boolean inside = x >= 250 && x < 263 && y >= 251 && y < 271;
                assertEquals(inside ? 255 : 0, levels[y * 600 + x] & 255, x + "," + y);
            }
        }
        assertEquals(region, mask.extent());
    }

    @Test
    void nothingIsPaintedOutsideTheClip() {
        Layer mask = add(LayerKind.MASK, null);
        paint(mask, Ink.WHITE, 1, Shapes.rectangle(new Region(-50, -50, 2000, 2000)));
        assertEquals(ALL, mask.extent());
    }

    @Test
    void aHardBrushIsADiscWithOnePixelOfEdge() {
        Layer mask = add(LayerKind.MASK, null);
        Painting painting = new Painting(mask, Ink.WHITE, 1, ALL);
        BrushStroke stroke = new BrushStroke(painting, new Brush(21, 1, 1, 0), 100.5, 100.5, 1);
        stroke.begin();
        stroke.end();
        document.performed(painting.end());
        byte[] levels = Compositor.levels(mask, ALL);
        for (int y = 80; y < 120; y++) {
            for (int x = 80; x < 120; x++) {
                double distance = Math.hypot(x - 100, y - 100);
                long wanted = Math.round(255 * Math.max(0, Math.min(1, 11 - distance)));
                assertEquals(wanted, levels[y * 600 + x] & 255, x + "," + y);
            }
        }
    }

    @Test
    void aStrokeThatCrossesItselfStaysEven() {
        Layer paint = add(LayerKind.PAINT, null);
        Painting painting = new Painting(paint, Ink.of(0xFF336699), 0.5, ALL);
        BrushStroke stroke = new BrushStroke(painting, new Brush(30, 1, 0.5, 0), 50, 50, 1);
        stroke.begin();
        stroke.to(300, 60, 1);
        stroke.to(50, 50, 1);
        stroke.to(200, 55, 1);
        stroke.end();
        document.performed(painting.end());
        assertEquals(0x80336699, paint.at(150, 54));
        assertEquals(0, paint.at(150, 90));
    }

    @Test
    void aStraightLineHasNoGapsAndPressureNarrowsIt() {
        Layer mask = add(LayerKind.MASK, null);
        Painting painting = new Painting(mask, Ink.WHITE, 1, ALL);
        BrushStroke stroke = new BrushStroke(painting, new Brush(20, 1, 1, 0), 20, 200, 1);
        stroke.begin();
        stroke.to(580, 200, 0.1);
        document.performed(painting.end());
        int before = 0;
        for (int x = 40; x < 570; x++) {
            int thickness = 0;
            for (int y = 150; y < 250; y++) {
                thickness += mask.at(x, y) > 128 ? 1 : 0;
            }
            assertTrue(thickness > 0 && thickness <= 20, x + ": " + thickness);
            assertTrue(before == 0 || thickness <= before, "it grows at " + x);
            before = thickness;
        }
        assertTrue(before <= 4);
    }

    @Test
    void erasingTakesAwayAndOpaquePixelsUnderNoInkStayToTheBit() {
        Picture picture = noise(600, 400, 1);
        Layer source = add(LayerKind.SOURCE, picture);
        paint(source, Ink.ERASER, 1, Shapes.ellipse(new Region(100, 100, 200, 100)));
        assertEquals(0, source.at(200, 150));
        assertEquals(picture.at(100, 100), source.at(100, 100));
        paint(source, Ink.of(0xFF00FF00), 0, Shapes.rectangle(ALL));
        assertEquals(picture.at(99, 150), source.at(99, 150));
    }

    @Test
    void aPolygonTakesTheCentresInsideIt() {
        List<Shapes.Point> triangle =
                List.of(new Shapes.Point(10, 10), new Shapes.Point(210, 10), new Shapes.Point(10, 110));
        Layer mask = add(LayerKind.MASK, null);
        paint(mask, Ink.WHITE, 1, Shapes.polygon(triangle));
        for (int y = 0; y < 130; y++) {
            for (int x = 0; x < 230; x++) {
                double px = x + 0.5;
                double py = y + 0.5;
                boolean inside = px > 10 && py > 10 && (px - 10) / 200 + (py - 10) / 100 < 1;
                assertEquals(inside ? 255 : 0, mask.at(x, y), x + "," + y);
            }
        }
    }

    @Test
    void theWandTakesWhatIsAlikeAndJoined() {
        int[] argb = new int[100];
        Arrays.fill(argb, 0xFF101010);
        for (int i = 0; i < 10; i++) {
            argb[i * 10 + 5] = 0xFF808080; // a wall
        }
        argb[3] = 0xFF141010;
        Picture picture = new Picture(10, 10, argb);
        byte[] joined = Wand.like(picture, 0, 0, 3, true);
        byte[] all = Wand.like(picture, 0, 0, 4, false);
        int count = 0;
        int everywhere = 0;
        for (int i = 0; i < 100; i++) {
            count += joined[i] != 0 ? 1 : 0;
            everywhere += all[i] != 0 ? 1 : 0;
        }
        assertEquals(49, count, "half the picture without the pixel that differs by four");
        assertEquals(90, everywhere);
        assertEquals(0, joined[3]);
        assertEquals(0, joined[7]);
    }

    @Test
    void growAndShrinkAreDiscsAndFeatherIsTheRequestsBlur() {
        Layer mask = add(LayerKind.MASK, null);
        paint(mask, Ink.WHITE, 1, Shapes.rectangle(new Region(300, 200, 1, 1)));
        Change grown = MaskEdits.grown(mask, ALL, 7);
        assertNotNull(grown);
        document.perform(grown);
        for (int y = 180; y < 220; y++) {
            for (int x = 280; x < 320; x++) {
                boolean inside = (x - 300) * (x - 300) + (y - 200) * (y - 200) <= 49;
                assertEquals(inside ? 255 : 0, mask.at(x, y), x + "," + y);
            }
        }
        Change shrunk = MaskEdits.grown(mask, ALL, -7);
        assertNotNull(shrunk);
        document.perform(shrunk);
        assertEquals(new Region(300, 200, 1, 1), mask.extent());
        Change inverted = MaskEdits.inverted(mask, ALL);
        assertNotNull(inverted);
        document.perform(inverted);
        assertEquals(0, mask.at(300, 200));
        assertEquals(255, mask.at(0, 399));
        Change cleared = MaskEdits.cleared(mask);
        assertNotNull(cleared);
        document.perform(cleared);
        assertNull(mask.extent());
        assertNull(MaskEdits.cleared(mask));
    }

    @Test
    void everyStepIsUndoneAndDoneAgainToTheBit() {
        Picture picture = noise(600, 400, 2);
        add(LayerKind.SOURCE, picture);
        Random random = new Random(3);
        java.util.ArrayList<Picture> states = new java.util.ArrayList<>();
        states.add(Compositor.picture(document.layers(), layer -> true, ALL));
        for (int i = 0; i < 12; i++) {
            Layer layer = i % 4 == 0
                    ? add(i % 8 == 0 ? LayerKind.MASK : LayerKind.PAINT, null)
                    : document.layers().get(random.nextInt(document.layers().size()));
            if (i % 4 != 0) {
                Painting painting = new Painting(layer, Ink.of(0xFF000000 | random.nextInt()), 0.7, ALL);
                painting.cover(Shapes.ellipse(new Region(random.nextInt(500), random.nextInt(300), 90, 60)));
                document.performed(painting.end());
            }
            states.add(Compositor.picture(document.layers(), l -> true, ALL));
        }
        for (int i = states.size() - 2; i >= 0; i--) {
            assertTrue(document.undo());
            assertEquals(states.get(i), Compositor.picture(document.layers(), layer -> true, ALL), "undo " + i);
        }
        for (int i = 1; i < states.size(); i++) {
            assertTrue(document.redo());
            assertEquals(states.get(i), Compositor.picture(document.layers(), layer -> true, ALL), "redo " + i);
        }
        assertFalse(document.redo());
    }

    @Test
    void anOpaquePictureComesOutAsItWentIn() {
        Picture picture = noise(600, 400, 4);
        add(LayerKind.SOURCE, picture);
        assertArrayEquals(
                picture.argb(),
                Compositor.picture(document.layers(), layer -> true, ALL).argb());
    }

    @Test
    void aMovedLayerIsPaintedWhereItIsSeen() {
        Layer paint = add(LayerKind.PAINT, null);
        document.perform(new Change.Looks(paint.id(), paint.look(), paint.look().at(-300, 17)));
        paint(paint, Ink.of(0xFFABCDEF), 1, Shapes.rectangle(new Region(5, 20, 2, 2)));
        assertEquals(new Region(5, 20, 2, 2), paint.extent());
        assertEquals(Integer.valueOf(0xFFABCDEF), Compositor.colourAt(document.layers(), 6, 21));
        assertNull(Compositor.colourAt(document.layers(), 7, 21));
    }

    @Test
    void aColourOverATransparentOneKeepsItsOwn() {
        assertEquals(0x40FF0000, Ink.over(0xFFFF0000, 0x40, 0x0000FF00));
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                assertEquals(Math.round(a * b / 255.0), Ink.div255(a * b));
            }
        }
    }
}
