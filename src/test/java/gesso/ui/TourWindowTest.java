package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.ui.common.Language;
import gesso.ui.tour.Tour;
import java.util.HashSet;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The tour, walked with the keyboard and left at any stop. */
@ExtendWith(ApplicationExtension.class)
class TourWindowTest {
    private final Fakes fakes = new Fakes();
    private final JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> {}), fakes);

    @SuppressWarnings("NullAway.Init")
    private StudioWindow window;

    @Start
    void start(Stage stage) {
        window = new StudioWindow(queue, fakes.services());
        window.model().language().set(Language.ENGLISH);
        window.show(stage);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private static Tour tour(FxRobot robot) {
        return robot.lookup("#tour").queryAs(Tour.class);
    }

    private static String said(FxRobot robot) {
        return robot.lookup(".tour-card > .label").queryAs(Label.class).getText();
    }

    @Test
    void everyStopShowsAPartOfTheWindowAndTheLastEndsIt(FxRobot robot) {
        assertFalse(tour(robot).isVisible());
        robot.clickOn("#tour-begin");
        WaitForAsyncUtils.waitForFxEvents();
        Set<String> sentences = new HashSet<>();
        for (int stop = 0; stop < 6; stop++) {
            assertEquals(stop, tour(robot).stopProperty().get());
            assertTrue(sentences.add(said(robot)));
            Node ring = robot.lookup(".tour-ring").query();
            assertTrue(ring.isVisible(), "stop " + stop + " shows nothing");
            Bounds around = ring.localToScene(ring.getLayoutBounds());
            assertTrue(around.getWidth() > 20 && around.getHeight() > 20, around.toString());
            Region card = robot.lookup(".tour-card").queryAs(Region.class);
            Bounds whole = new BoundingBox(card.getLayoutX(), card.getLayoutY(), card.getWidth(), card.getHeight());
            assertTrue(card.getHeight() > 40 && tour(robot).getLayoutBounds().contains(whole), whole.toString());
            robot.type(KeyCode.ENTER);
            WaitForAsyncUtils.waitForFxEvents();
        }
        assertFalse(tour(robot).isVisible());
    }

    @Test
    void arrowsWalkAndEscapeEndsItWhereverItIs(FxRobot robot) {
        robot.clickOn("#tour-begin");
        robot.type(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.LEFT);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(1, tour(robot).stopProperty().get());
        String english = said(robot);
        robot.interact(() -> window.model().language().set(Language.CHINESE));
        assertFalse(said(robot).equals(english));
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertFalse(tour(robot).isVisible());
        assertEquals(-1, tour(robot).stopProperty().get());
    }
}
