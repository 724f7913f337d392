package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.canvas.Compositor;
import gesso.canvas.LayerKind;
import gesso.image.Region;
import gesso.job.JobQueue;
import gesso.request.Inpaint;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.ui.canvas.Desk;
import gesso.ui.canvas.Tool;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.common.SourcePicture;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.shape.Polygon;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The tools in the real window, and what of them reaches a request. */
@ExtendWith(ApplicationExtension.class)
class CanvasWindowTest {
    private static final int SIDE = 256;

    private final Fakes fakes = new Fakes();
    private final JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> {}), fakes);
    private final Picture source = PaintingEngine.gradient(SIDE, SIDE, 3, 1);

    @SuppressWarnings("NullAway.Init")
    private StudioWindow window;

    @Start
    void start(Stage stage) {
        window = new StudioWindow(queue, fakes.services());
        window.model().language().set(Language.ENGLISH);
        window.show(stage);
    }

    @BeforeEach
    void begin(FxRobot robot) throws TimeoutException {
        until(() -> window.model().recipe().model().get() != null);
        robot.interact(() -> {
            window.model().recipe().rework().sourceProperty().set(new SourcePicture(source, "castle.png", null));
            window.model().recipe().size().useOf(source.size());
            desk().tools().smoothing().set(0);
            desk().tools().hardness().set(1);
            desk().tools().size().set(20);
        });
        robot.interact(() -> picture(robot).requestFocus());
        robot.type(KeyCode.DIGIT1);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aMaskThatIsPaintedIsAskedForPixelByPixel(FxRobot robot) throws TimeoutException {
        drag(robot, 64, 128, 192, 128);
        assertTrue(desk().hasMaskProperty().get());
        Picture mask = inpaint().mask();
        assertEquals(source.size(), mask.size());
        assertEquals(0xFFFFFFFF, mask.at(128, 128));
        assertEquals(0xFFFFFFFF, mask.at(128, 120));
        assertEquals(0xFF000000, mask.at(128, 112));
        assertEquals(0xFF000000, mask.at(40, 128));
        assertSame(source, rework().source(), "nothing was painted on the picture");

        robot.clickOn("#generate");
        until(() -> window.model().canvas().hasCandidate());
        assertNotNull(robot.lookup("#accept").query());
        assertEquals(mask, inpaint(asked()).mask());
    }

    @Test
    void acceptingMakesALayerAndUndoBringsEverythingBack(FxRobot robot) throws TimeoutException {
        Picture before = seen();
        drag(robot, 60, 60, 120, 60);
        Picture masked = seen();
        robot.clickOn("#generate");
        until(() -> window.model().canvas().hasCandidate());
        robot.interact(() -> picture(robot).requestFocus());
        robot.type(KeyCode.ENTER);
        assertFalse(window.model().canvas().hasCandidate());
        assertEquals(3, desk().document().layers().size());
        Picture made = fakes.saved.values().iterator().next();
        assertEquals(made, seen());
        assertFalse(desk().hasMaskProperty().get(), "the mask has done its work");
        assertEquals(made, rework().source(), "and the next picture starts from it");

        robot.press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        assertEquals(masked, seen());
        robot.press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        assertEquals(before, seen());
        assertNull(rework().inpaint());
        for (int i = 0; i < 2; i++) {
            robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z).release(KeyCode.Z, KeyCode.SHIFT, KeyCode.CONTROL);
        }
        assertEquals(made, seen());
    }

    @Test
    void shapesAreExactAndAltTakesAway(FxRobot robot) {
        tool(robot, Tool.RECTANGLE);
        drag(robot, 32, 32, 96, 80);
        assertEquals(new Region(32, 32, 64, 48), maskExtent());
        assertEquals(64 * 48, maskPixels());
        robot.press(KeyCode.ALT);
        drag(robot, 48, 40, 64, 56);
        robot.release(KeyCode.ALT);
        assertEquals(64 * 48 - 16 * 16, maskPixels());
        robot.type(KeyCode.DELETE);
        assertEquals(0, maskPixels());
        tool(robot, Tool.ELLIPSE);
        drag(robot, 100, 100, 140, 140);
        assertEquals(Math.PI * 20 * 20, maskPixels(), 20);
        robot.press(KeyCode.CONTROL, KeyCode.I).release(KeyCode.I, KeyCode.CONTROL);
        assertEquals(SIDE * SIDE - Math.PI * 20 * 20, maskPixels(), 20);
    }

    @Test
    void theLassoAndThePolygonFillWhatTheyEnclose(FxRobot robot) {
        tool(robot, Tool.LASSO);
        robot.moveTo(at(robot, 50, 50)).press(MouseButton.PRIMARY);
        for (int[] point : new int[][] {{150, 50}, {150, 100}, {50, 100}}) {
            robot.moveTo(at(robot, point[0], point[1]));
        }
        robot.release(MouseButton.PRIMARY);
        assertEquals(100 * 50, maskPixels(), 60);
        robot.type(KeyCode.DELETE);
        tool(robot, Tool.POLYGON);
        for (int[] point : new int[][] {{40, 40}, {140, 40}, {40, 140}}) {
            robot.clickOn(at(robot, point[0], point[1]));
        }
        robot.doubleClickOn(at(robot, 40, 140));
        assertEquals(100 * 100 / 2, maskPixels(), 120);
    }

    @Test
    void theGradientGoesFromFullToNothingAndTheEraserTakesAway(FxRobot robot) {
        tool(robot, Tool.GRADIENT);
        drag(robot, 64, 128, 192, 128);
        byte[] levels = mask();
        assertEquals(255, levels[128 * SIDE + 32] & 255);
        assertEquals(128, levels[128 * SIDE + 128] & 255, 3);
        assertEquals(0, levels[128 * SIDE + 224] & 255);
        assertEquals(levels[20 * SIDE + 100], levels[200 * SIDE + 100], "it runs across");
        tool(robot, Tool.ERASER);
        drag(robot, 20, 40, 60, 40);
        assertEquals(0, mask()[40 * SIDE + 40]);
        assertEquals(255, mask()[70 * SIDE + 40] & 255);
    }

    @Test
    void fillPickerAndMoveWorkOnALayerOfColours(FxRobot robot) {
        robot.interact(() -> {
            desk().activate(desk().document().first(LayerKind.SOURCE).orElseThrow());
            desk().tools().colourProperty().set(javafx.scene.paint.Color.rgb(10, 200, 30));
            desk().tools().tolerance().set(255);
        });
        tool(robot, Tool.FILL);
        robot.clickOn(at(robot, 30, 30));
        assertEquals(0xFF0AC81E, seen().at(30, 30));
        assertEquals(0xFF0AC81E, seen().at(250, 250));
        robot.interact(() -> {
            desk().undo();
            desk().tools().toolProperty().set(Tool.PICKER);
        });
        robot.clickOn(at(robot, 100, 50));
        int picked = source.at(100, 50);
        assertEquals(
                javafx.scene.paint.Color.rgb((picked >> 16) & 255, (picked >> 8) & 255, picked & 255),
                desk().tools().colourProperty().get());
        tool(robot, Tool.SHIFT);
        drag(robot, 100, 100, 130, 90);
        assertEquals(source.at(60, 60), seen().at(90, 50));
        assertEquals(0, seen().at(5, 100) >>> 24, "the layer went to the right");
        robot.interact(() -> desk().undo());
        assertEquals(source, seen());
    }

    @Test
    void aMaskGrowsShrinksAndIsFeathered(FxRobot robot) {
        tool(robot, Tool.RECTANGLE);
        drag(robot, 100, 100, 140, 140);
        robot.interact(((ButtonBase) robot.lookup("#mask-grow").query())::fire);
        int grown = maskPixels();
        assertTrue(grown > 40 * 40, "grown: " + grown);
        robot.interact(((ButtonBase) robot.lookup("#mask-shrink").query())::fire);
        assertEquals(40 * 40, maskPixels(), 40);
        robot.interact(((ButtonBase) robot.lookup("#mask-feather").query())::fire);
        int edge = mask()[120 * SIDE + 100] & 255;
        assertTrue(edge > 60 && edge < 200, "edge: " + edge);
    }

    @Test
    void theWandTakesWhatIsAlike(FxRobot robot) {
        robot.interact(() -> desk().tools().tolerance().set(0));
        tool(robot, Tool.WAND);
        robot.clickOn(at(robot, 128, 20));
        int wanted = source.at(128, 20);
        Region extent = maskExtent();
        assertNotNull(extent);
        byte[] levels = mask();
        for (int i = 0; i < levels.length; i++) {
            assertTrue(levels[i] == 0 || source.argb()[i] == wanted);
        }
        assertEquals(-1, levels[20 * SIDE + 128]);
    }

    @Test
    void theFrameGoesBeyondThePictureAndWhatIsNewIsMasked(FxRobot robot) {
        tool(robot, Tool.FRAME);
        robot.interact(() -> robot.lookup("#picture")
                .queryAs(javafx.scene.layout.Region.class)
                .fireEvent(scroll(robot, -400)));
        WaitForAsyncUtils.waitForFxEvents();
        drag(robot, 256, 128, 330, 128);
        assertEquals(new Region(0, 0, 320, 256), desk().frameProperty().get());
        Rework rework = rework();
        assertEquals("320x256", rework.source().size().toString());
        assertEquals(source.at(10, 10), rework.source().at(10, 10));
        assertEquals(0xFF, rework.source().at(310, 10) >>> 24);
        Inpaint inpaint = rework.inpaint();
        assertNotNull(inpaint);
        assertEquals(0xFFFFFFFF, inpaint.mask().at(300, 128));
        assertEquals(0xFF000000, inpaint.mask().at(100, 128));
        assertEquals(320, window.model().recipe().size().width().value());
    }

    @Test
    void oneButtonSetsTheControlsAndGenerates(FxRobot robot) throws TimeoutException {
        tool(robot, Tool.RECTANGLE);
        drag(robot, 32, 32, 96, 80);
        robot.interact(() -> ((ButtonBase) robot.lookup("#repaint-add").query()).fire());
        until(() -> window.model().canvas().hasCandidate());
        assertEquals(MaskedContent.LATENT_NOISE, inpaint(asked()).content());
        assertEquals(1, asked().denoisingStrength());
        robot.interact(() -> picture(robot).requestFocus());
        robot.type(KeyCode.ESCAPE);
        assertFalse(window.model().canvas().hasCandidate());
        assertEquals(2, desk().document().layers().size());
    }

    @Test
    void aStrengthMapAndAControlDrawingArePaintedOnLayersOfTheirOwn(FxRobot robot) {
        robot.interact(() -> desk().startStrengthMap());
        robot.interact(() -> desk().tools().colourProperty().set(javafx.scene.paint.Color.BLACK));
        tool(robot, Tool.RECTANGLE);
        drag(robot, 32, 32, 96, 80);
        Picture map = rework().strengthMap();
        assertNotNull(map);
        assertEquals(0xFF000000, map.at(40, 40));
        assertEquals(0xFFFFFFFF, map.at(200, 200));
        assertNull(rework().inpaint());
        robot.interact(() -> {
            desk().tools().colourProperty().set(javafx.scene.paint.Color.WHITE);
            desk().startControlDrawing("pose");
        });
        tool(robot, Tool.RECTANGLE);
        drag(robot, 100, 100, 120, 120);
        assertEquals("pose", desk().controlDrawings().get(0).name());
        assertEquals(0xFFFFFFFF, desk().controlDrawings().get(0).picture().at(110, 110));
        assertEquals(0xFF000000, desk().controlDrawings().get(0).picture().at(10, 10));
        assertSame(source, rework().source());
    }

    @Test
    void takingThePictureAwayEmptiesTheCanvasAndUndoBringsItBack(FxRobot robot) {
        drag(robot, 60, 60, 120, 60);
        robot.interact(() -> window.model().recipe().rework().clear());
        assertNull(desk().document().bounds());
        robot.interact(() -> desk().undo());
        assertEquals(source, picture(window.model()));
        assertTrue(desk().hasMaskProperty().get());
    }

    @Test
    void onlyMaskedShowsTheRectangleThatIsUsed(FxRobot robot) throws TimeoutException {
        tool(robot, Tool.RECTANGLE);
        drag(robot, 100, 100, 120, 110);
        robot.interact(() -> {
            window.model().recipe().rework().inpaint().blur().set(0);
            window.model().recipe().rework().inpaint().area().set(gesso.request.InpaintArea.ONLY_MASKED);
        });
        // 20×10 and 32 around it, grown to the square that is generated
        until(() -> new Region(68, 63, 84, 84).equals(desk().usedProperty().get()));
        assertTrue(robot.lookup("#used").query().isVisible());
        robot.type(KeyCode.DELETE);
        until(() -> desk().usedProperty().get() == null);
    }

    @Test
    void aDocumentFromTheLastTimeIsThereWithItsMask(FxRobot robot) {
        drag(robot, 60, 60, 120, 60);
        robot.interact(() -> {
            fakes.canvas = desk().document();
            StudioModel again = new StudioModel(queue, fakes.services());
            assertEquals(source, picture(again));
            assertTrue(again.desk().hasMaskProperty().get());
            again.background().close();
        });
    }

    @Test
    void aDocumentIsSavedOpenedAndGoesAlongWithUndo(FxRobot robot, @TempDir Path folder) throws TimeoutException {
        drag(robot, 60, 60, 120, 60);
        byte[] painted = mask();
        robot.interact(() -> window.model().recipe().prompt().set("a castle"));
        Path file = folder.resolve("castle.gesso");
        fakes.saveTo = Optional.of(folder.resolve("castle"));
        robot.press(KeyCode.CONTROL, KeyCode.S).release(KeyCode.S, KeyCode.CONTROL);
        until(() -> file.toString().equals(desk().fileProperty().get()));
        assertEquals(
                "castle.gesso", robot.lookup("#document").queryAs(Labeled.class).getText());
        robot.type(KeyCode.DELETE);
        assertEquals(
                "castle.gesso •",
                robot.lookup("#document").queryAs(Labeled.class).getText());

        robot.interact(() -> {
            window.model().recipe().rework().clear();
            window.model().recipe().prompt().set("");
        });
        assertEquals("", desk().fileProperty().get());
        fakes.chosen = List.of(file);
        robot.press(KeyCode.CONTROL, KeyCode.O).release(KeyCode.O, KeyCode.CONTROL);
        until(() -> desk().hasMaskProperty().get());
        assertArrayEquals(painted, mask());
        assertEquals(source, picture(window.model()));
        assertEquals("a castle", window.model().recipe().prompt().get());
        assertEquals(file.toString(), desk().fileProperty().get());
        robot.interact(() -> desk().undo());
        assertEquals("", desk().fileProperty().get(), "what came back is not what is in the file");
        assertNull(desk().document().bounds());
    }

    private javafx.scene.input.ScrollEvent scroll(FxRobot robot, double by) {
        javafx.scene.layout.Region area = (javafx.scene.layout.Region) picture(robot);
        return new javafx.scene.input.ScrollEvent(
                javafx.scene.input.ScrollEvent.SCROLL,
                area.getWidth() / 2,
                area.getHeight() / 2,
                0,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                0,
                by,
                0,
                by,
                javafx.scene.input.ScrollEvent.HorizontalTextScrollUnits.NONE,
                0,
                javafx.scene.input.ScrollEvent.VerticalTextScrollUnits.NONE,
                0,
                0,
                null);
    }

    private Desk desk() {
        return window.model().desk();
    }

    private Rework rework() {
        Rework rework = window.model().recipe().request().orElseThrow().rework();
        assertNotNull(rework);
        return rework;
    }

    private Inpaint inpaint() {
        return inpaint(rework());
    }

    private static Inpaint inpaint(Rework rework) {
        Inpaint inpaint = rework.inpaint();
        assertNotNull(inpaint);
        return inpaint;
    }

    /** What the picture that is seen was made of. */
    private Rework asked() {
        MadePicture made = window.model().canvas().shownProperty().get();
        assertNotNull(made);
        Rework rework = made.request().rework();
        assertNotNull(rework);
        return rework;
    }

    private static Picture picture(StudioModel model) {
        SourcePicture source = model.recipe().rework().sourceProperty().get();
        assertNotNull(source);
        return source.picture();
    }

    /** All that is seen, with the mask's tint. */
    private Picture seen() {
        return Compositor.picture(desk().document().layers(), layer -> true, new Region(0, 0, SIDE, SIDE));
    }

    private byte[] mask() {
        return Compositor.levels(desk().document().first(LayerKind.MASK).orElseThrow(), new Region(0, 0, SIDE, SIDE));
    }

    private @Nullable Region maskExtent() {
        return desk().document().first(LayerKind.MASK).orElseThrow().extent();
    }

    private int maskPixels() {
        int count = 0;
        for (byte level : mask()) {
            count += (level & 255) > 128 ? 1 : 0;
        }
        return count;
    }

    private static Node picture(FxRobot robot) {
        return robot.lookup("#picture").query();
    }

    private void tool(FxRobot robot, Tool tool) {
        robot.interact(() -> desk().tools().toolProperty().set(tool));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void drag(FxRobot robot, double x0, double y0, double x1, double y1) {
        Point2D from = at(robot, x0, y0);
        Point2D to = at(robot, x1, y1);
        robot.moveTo(from).press(MouseButton.PRIMARY);
        robot.moveTo(from.midpoint(to)).moveTo(to).release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Where on the screen a point of the canvas is: the frame's line is drawn from corner to corner of it. */
    private Point2D at(FxRobot robot, double x, double y) {
        List<Double> corners = robot.lookup("#frame").queryAs(Polygon.class).getPoints();
        Region now = desk().frameProperty().get();
        assertNotNull(now);
        double scale = (corners.get(2) - corners.get(0)) / now.width();
        Node area = picture(robot);
        double left = corners.get(0) - 0.5 - now.x() * scale; // the line runs through the middle of its pixels
        double top = corners.get(1) - 0.5 - now.y() * scale;
        return area.localToScreen(left + x * scale, top + y * scale);
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
