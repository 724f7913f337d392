package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.request.Picture;
import gesso.request.PromptWord;
import gesso.ui.common.Language;
import gesso.ui.common.SourcePicture;
import gesso.ui.interrogate.Chip;
import gesso.ui.interrogate.InterrogateModel;
import gesso.ui.interrogate.InterrogateModel.Phase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class InterrogateWindowTest {
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

    @Test
    void wordsAreSwitchedWeighedAndOrderedBeforeTheyEnterThePrompt(FxRobot robot) throws TimeoutException {
        ask(robot, PaintingEngine.gradient(64, 64, 1, 1));
        until(() -> model().phaseProperty().get() == Phase.FOUND);
        assertEquals(
                "a heron in reeds, by Hokusai, trending, soft light \\(warm\\)", text(robot, "#interrogate-prompt"));
        assertEquals("Review the words before you use them.", text(robot, "#interrogate-notices"));

        Node artist = chip(robot, 1);
        robot.interact(() -> ((ButtonBase) artist).fire());
        assertEquals("a heron in reeds, trending, soft light \\(warm\\)", text(robot, "#interrogate-prompt"));

        Node caption = chip(robot, 0);
        scroll(robot, caption);
        assertEquals(1, model().chips().get(0).weightProperty().get(), "the wheel weighs what has the focus alone");
        robot.interact(caption::requestFocus);
        type(robot, caption, "+");
        assertEquals(1.05, model().chips().get(0).weightProperty().get(), 1e-9);
        scroll(robot, caption);
        assertEquals(1.1, model().chips().get(0).weightProperty().get(), 1e-9);
        robot.interact(() -> model().chips().get(0).weigh(-100));
        assertEquals(
                PromptWord.LEAST_WEIGHT, model().chips().get(0).weightProperty().get());
        for (int i = 0; i < 20; i++) {
            type(robot, caption, "+");
        }
        assertEquals(1.1, model().chips().get(0).weightProperty().get(), 1e-9);

        Node flavour = chip(robot, 2);
        Chip trending = model().chips().get(2);
        robot.interact(flavour::requestFocus);
        robot.press(KeyCode.ALT, KeyCode.RIGHT).release(KeyCode.RIGHT, KeyCode.ALT);
        assertSame(trending, model().chips().get(3));
        assertTrue(flavour.isFocused());
        robot.press(KeyCode.ALT, KeyCode.RIGHT).release(KeyCode.RIGHT, KeyCode.ALT);
        assertSame(trending, model().chips().get(3), "it stays in its group");

        assertEquals("", window.model().recipe().prompt().get(), "nothing enters the prompt by itself");
        robot.interact(() -> window.model().recipe().prompt().set("ink drawing,"));
        fire(robot, "#interrogate-use");
        assertEquals(
                "ink drawing, (a heron in reeds:1.1), soft light \\(warm\\), trending",
                window.model().recipe().prompt().get());
        assertFalse(robot.lookup("#interrogate-panel").query().isVisible());
    }

    @Test
    void aResultIsAskedToo(FxRobot robot) throws TimeoutException {
        until(() -> window.model().recipe().model().get() != null);
        robot.interact(() -> window.model().generate());
        until(() -> window.model().canvas().shownProperty().get() != null);
        fire(robot, "#picture-interrogate");
        until(() -> model().phaseProperty().get() == Phase.FOUND);
    }

    @Test
    void aFailureIsSaidInItsPlaceAndThePromptStays(FxRobot robot) throws TimeoutException {
        robot.interact(() -> window.model().recipe().prompt().set("mine"));
        ask(robot, new Picture(1, 1, new int[] {-1}));
        until(() -> model().phaseProperty().get() == Phase.FAILED);
        assertEquals("The picture is too small to be read.", text(robot, "#interrogate-problem"));
        fire(robot, "#interrogate-close");
        assertFalse(robot.lookup("#interrogate-panel").query().isVisible());
        assertEquals("mine", window.model().recipe().prompt().get());
        assertEquals(List.of(), model().chips());
    }

    private void ask(FxRobot robot, Picture picture) {
        robot.interact(() -> window.model().recipe().rework().sourceProperty().set(SourcePicture.of(picture)));
        fire(robot, "#interrogate");
    }

    private InterrogateModel model() {
        return window.model().interrogate();
    }

    private static void scroll(FxRobot robot, Node node) {
        robot.interact(() -> Event.fireEvent(
                node,
                new ScrollEvent(
                        ScrollEvent.SCROLL,
                        0,
                        0,
                        0,
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0,
                        40,
                        0,
                        40,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        null)));
    }

    private static void type(FxRobot robot, Node node, String text) {
        robot.interact(() -> Event.fireEvent(
                node, new KeyEvent(KeyEvent.KEY_TYPED, text, "", KeyCode.UNDEFINED, false, false, false, false)));
    }

    private static Node chip(FxRobot robot, int index) {
        return (Node) robot.lookup(".chip").queryAll().toArray()[index];
    }

    private static void fire(FxRobot robot, String button) {
        robot.interact(() -> ((ButtonBase) robot.lookup(button).query()).fire());
    }

    private static String text(FxRobot robot, String control) {
        return ((Labeled) robot.lookup(control).query()).getText();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
