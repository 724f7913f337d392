package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.request.plot.PlotParameter;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.common.Problem;
import gesso.ui.generate.PlotModel.Axis;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class PlotWindowTest {
    private static final int PLENTY = 100_000;

    private final Fakes fakes = new Fakes();
    private final Semaphore steps = new Semaphore(PLENTY);
    private final JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> steps.acquire()), fakes);

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
        steps.release(PLENTY);
        queue.close();
    }

    @Test
    void cellsAreResultsAndTheGridIsTheLastOfThem(FxRobot robot) throws TimeoutException {
        axis(robot, 0, PlotParameter.STEPS, "3-5");
        axis(robot, 1, PlotParameter.CFG_SCALE, "4, 7");
        assertEquals("6 pictures", ((Labeled) robot.lookup("#plot-cells").query()).getText());
        robot.interact(() -> window.model().generate());
        until(() -> window.model().results().results().size() == 7);
        until(() -> window.model().canvas().shownProperty().get() != null);
        MadePicture grid = window.model().canvas().shownProperty().get();
        assertNotNull(grid);
        assertEquals(grid, window.model().results().results().get(0).made());
        assertTrue(Objects.requireNonNull(fakes.saved.get(grid.file())).width()
                > 3 * grid.request().size().width());
    }

    @Test
    void cancelStopsTheWholePlotAndKeepsWhatIsThere(FxRobot robot) throws TimeoutException {
        axis(robot, 0, PlotParameter.SEED, "1-5");
        int stepsOfOne = 20;
        steps.drainPermits();
        steps.release(stepsOfOne + 1);
        robot.interact(() -> window.model().generate());
        until(() -> window.model().results().results().size() == 1);
        until(() -> window.model().queue().runningProperty().get() != null);
        robot.interact(() -> window.model().cancel());
        steps.release(PLENTY);
        // The one cell, and the grid of it.
        until(() -> window.model().results().results().size() == 2);
        until(() -> window.model().queue().cards().isEmpty());
        assertEquals(2, fakes.saved.size());
    }

    @Test
    void aWrongAxisIsSaidAtItsValuesAndMakesNoJob(FxRobot robot) throws TimeoutException {
        axis(robot, 0, PlotParameter.STEPS, "3-x");
        Axis x = window.model().recipe().plot().axes().get(0);
        Problem problem = x.values().problemProperty().get();
        assertNotNull(problem);
        robot.interact(() -> window.model().generate());
        assertTrue(window.model().queue().cards().isEmpty());
        robot.interact(() -> x.values().set("0-3"));
        robot.interact(() -> window.model().generate());
        // Each value is a number, but no request may have 0 steps.
        assertNotNull(window.model().recipe().troubleProperty().get());
        assertTrue(window.model().queue().cards().isEmpty());
    }

    private void axis(FxRobot robot, int index, PlotParameter parameter, String values) {
        if (robot.lookup("#plot-cells").tryQuery().isEmpty()) {
            robot.interact(() -> ((ButtonBase) robot.lookup("#fold-plot").query()).fire());
        }
        Axis axis = window.model().recipe().plot().axes().get(index);
        robot.interact(() -> axis.parameter().set(Optional.of(parameter)));
        TextInputControl field = robot.lookup("#" + axis.values().name()).query();
        robot.interact(() -> field.setText(values));
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
