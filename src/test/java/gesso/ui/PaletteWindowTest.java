package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.ui.common.Language;
import gesso.ui.common.Theme;
import gesso.ui.palette.Entry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The palette that finds everything, and the window with nothing but the canvas. */
@ExtendWith(ApplicationExtension.class)
class PaletteWindowTest {
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
    void aSettingInAClosedFoldIsFoundShownAndFocused(FxRobot robot) throws TimeoutException {
        open(robot, "clip sk");
        assertEquals("Clip skip", selected(robot).name());
        robot.type(KeyCode.ENTER);
        until(() ->
                robot.lookup("#clip-skip").tryQuery().filter(Node::isFocused).isPresent());
        assertFalse(robot.lookup("#palette").query().isVisible());
    }

    @Test
    void actionsModelsAndThemesAreFoundByTheirWordsInBothLanguages(FxRobot robot) throws TimeoutException {
        until(() -> window.model().recipe().model().choices().size() == 2);
        open(robot, "painter-l");
        robot.type(KeyCode.ENTER);
        assertEquals("painter-large", name());

        open(robot, "高对比度");
        assertEquals("High contrast", selected(robot).name());
        robot.type(KeyCode.ENTER);
        until(() -> window.model().theme().chosen() == Theme.CONTRAST);

        robot.interact(() -> window.model().language().set(Language.CHINESE));
        open(robot, "generate");
        assertEquals("生成", selected(robot).name());
        assertEquals("Ctrl+↵", selected(robot).kind());
        robot.type(KeyCode.ENTER);
        until(() -> fakes.saved.size() == 1);
    }

    @Test
    void arrowsChooseAndEscapeCloses(FxRobot robot) throws TimeoutException {
        robot.interact(() -> robot.lookup("#prompt").query().requestFocus());
        open(robot, "hires");
        Entry first = selected(robot);
        robot.type(KeyCode.DOWN);
        assertFalse(first.equals(selected(robot)));
        robot.type(KeyCode.UP);
        assertEquals(first, selected(robot));
        robot.type(KeyCode.ESCAPE);
        until(() -> !robot.lookup("#palette").query().isVisible());
        assertTrue(robot.lookup("#prompt").query().isFocused());
    }

    @Test
    void whatCanBeDoneNowIsFoundAndWhatCannotIsNot(FxRobot robot) throws TimeoutException {
        open(robot, "");
        List<String> settings = window.model().recipe().settings().stream()
                .map(setting -> setting.name())
                .toList();
        assertTrue(settings.size() > 40);
        for (String typed : List.of("eta", "vae", "prompt", "brush", "undo", "schedule")) {
            robot.interact(() -> field(robot).setText(typed));
            boolean drawn = typed.equals("brush");
            assertEquals(drawn, list(robot).getItems().isEmpty(), typed);
        }
    }

    @Test
    void onTheCanvasTabLeavesTheCanvasAlone(FxRobot robot) throws TimeoutException {
        robot.interact(() -> {
            window.model().recipe().prompt().set("a heron");
            window.model().generate();
        });
        until(() -> window.model().canvas().shownProperty().get() != null);
        robot.interact(() -> robot.lookup("#picture").query().requestFocus());
        robot.type(KeyCode.TAB);
        assertFalse(robot.lookup(".header").query().isVisible());
        assertFalse(robot.lookup("#generate")
                .query()
                .getParent()
                .getParent()
                .getParent()
                .isVisible());
        robot.type(KeyCode.TAB);
        assertTrue(robot.lookup(".header").query().isVisible());
        // In a field Tab goes to the next one, as everywhere.
        robot.interact(() -> robot.lookup("#steps").query().requestFocus());
        robot.type(KeyCode.TAB);
        assertTrue(robot.lookup(".header").query().isVisible());
    }

    private void open(FxRobot robot, String typed) throws TimeoutException {
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        until(() -> robot.lookup("#palette").query().isVisible());
        robot.interact(() -> field(robot).setText(typed));
    }

    private static TextField field(FxRobot robot) {
        return robot.lookup("#palette-field").query();
    }

    private static ListView<Entry> list(FxRobot robot) {
        return robot.lookup("#palette-list").query();
    }

    private static Entry selected(FxRobot robot) {
        return list(robot).getSelectionModel().getSelectedItem();
    }

    private String name() {
        var chosen = window.model().recipe().model().get();
        return chosen == null ? "" : chosen.name();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
