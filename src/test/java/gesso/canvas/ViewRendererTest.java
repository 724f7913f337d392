package gesso.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.Region;
import gesso.request.Picture;
import java.nio.IntBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the view's pixels show of the document's. */
class ViewRendererTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;

    private final CanvasDocument document = new CanvasDocument();
    private final Picture picture = noise(640, 480);

    ViewRendererTest() {
        Region bounds = new Region(0, 0, 640, 480);
        Layer source = document.newLayer(LayerKind.SOURCE, new Look("x", true, 1, 0, 0), picture);
        document.perform(new Change.Presence(source, 0, true));
        document.perform(new Change.Extent(Change.Span.NONE, new Change.Span(bounds, bounds)));
    }

    private static Picture noise(int width, int height) {
        Random random = new Random(5);
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | random.nextInt();
        }
        return new Picture(width, height, argb);
    }

    private static int[] draw(ViewRenderer renderer) {
        IntBuffer out = IntBuffer.allocate(WIDTH * HEIGHT);
        renderer.draw(new Region(0, 0, WIDTH, HEIGHT), out);
        return out.array();
    }

    @ParameterizedTest
    @CsvSource({"1,0,false", "1,90,false", "1,180,true", "2,0,false", "3,270,true", "5,0,true"})
    void everyScreenPixelShowsThePixelUnderIt(double scale, double degrees, boolean mirrored) {
        ViewRenderer renderer = new ViewRenderer(document);
        Viewpoint view = new Viewpoint(321.3, 240.8, scale, degrees, mirrored);
        renderer.look(view, WIDTH, HEIGHT);
        int[] seen = draw(renderer);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int px = (int) Math.floor(view.documentX(x + 0.5, y + 0.5, WIDTH, HEIGHT));
                int py = (int) Math.floor(view.documentY(x + 0.5, y + 0.5, WIDTH, HEIGHT));
                assertEquals(picture.at(px, py), seen[y * WIDTH + x], x + "," + y);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0", "4,0", "0.5,0", "0.3,0", "0.11,0", "0.7,33", "12,0"})
    void drawingOnlyWhatChangedIsDrawingEverything(double scale, double degrees) {
        ViewRenderer part = new ViewRenderer(document);
        part.look(new Viewpoint(320, 240, scale, degrees, false), WIDTH, HEIGHT);
        int[] seen = draw(part);
        Layer mask = document.newLayer(LayerKind.MASK, new Look("m", true, 0.5, 0, 0), null);
        document.perform(new Change.Presence(mask, 1, true));
        Random random = new Random(8);
        for (int i = 0; i < 5; i++) {
            Painting painting = new Painting(mask, Ink.WHITE, 1, null);
            Region touched = painting.cover(
                    Shapes.ellipse(new Region(280 + random.nextInt(40), 210 + random.nextInt(30), 31, 27)));
            document.performed(painting.end());
            Region screen = part.changed(touched);
            assertNotNull(screen);
            IntBuffer out = IntBuffer.wrap(seen);
            part.draw(screen, out);
        }
        ViewRenderer whole = new ViewRenderer(document);
        whole.look(part.view(), WIDTH, HEIGHT);
        int[] wanted = draw(whole);
        for (int i = 0; i < seen.length; i++) {
            assertEquals(wanted[i], seen[i], i % WIDTH + "," + i / WIDTH);
        }
    }

    @Test
    void zoomingKeepsThePointUnderThePointer() {
        Viewpoint view = new Viewpoint(100, 80, 1.5, 30, true);
        double px = view.documentX(40, 60, WIDTH, HEIGHT);
        double py = view.documentY(40, 60, WIDTH, HEIGHT);
        Viewpoint near = view.zoomed(6, 40, 60, WIDTH, HEIGHT);
        assertEquals(px, near.documentX(40, 60, WIDTH, HEIGHT), 1.0 / 6, "within a screen pixel");
        assertEquals(py, near.documentY(40, 60, WIDTH, HEIGHT), 1.0 / 6);
        assertEquals(40, view.screenX(px, py, WIDTH), 1e-9);
        assertEquals(60, view.screenY(px, py, HEIGHT), 1e-9);
    }

    @Test
    void aHalvedPixelIsTheMeanOfFour() {
        assertEquals(0xFF808040, Pyramid.mean(0xFF800000, 0xFF80FF00, 0xFF80FF80, 0xFF800080));
        assertEquals(0x40FF0000, Pyramid.mean(0xFFFF0000, 0x0000FF00, 0, 0));
        assertEquals(0, Pyramid.level(1));
        assertEquals(0, Pyramid.level(0.51));
        assertEquals(1, Pyramid.level(0.5));
        assertEquals(3, Pyramid.level(0.1));
        assertTrue(Pyramid.level(1e-6) <= 8);
    }
}
