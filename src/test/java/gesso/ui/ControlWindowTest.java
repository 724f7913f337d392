package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.control.Preprocessor;
import gesso.job.JobQueue;
import gesso.request.ControlMode;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import gesso.ui.common.Language;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.common.Problem;
import gesso.ui.control.ControlModel;
import gesso.ui.control.ControlUnitModel;
import gesso.ui.drop.DropTarget;
import gesso.ui.drop.Incoming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class ControlWindowTest {
    private static final Path CASTLE = Path.of("/drawings/castle.png");

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

    @BeforeEach
    void pictures() throws TimeoutException {
        fakes.saved.put(CASTLE, PaintingEngine.gradient(192, 128, 1, 1));
        until(() -> window.model().recipe().model().get() != null);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aDroppedPictureBecomesAUnitWhoseDrawingFollowsTheSliders(FxRobot robot) throws TimeoutException {
        robot.interact(() -> window.model().intake().accept(DropTarget.CONTROL, Incoming.of(CASTLE)));
        until(() -> controls().units().size() == 1);
        ControlUnitModel unit = controls().units().get(0);
        assertEquals("control_canny", unit.network().chosen().name());
        assertSame(Preprocessor.CANNY, unit.preprocessor().get());
        assertEquals(
                "ControlNet · 1 on", ((Labeled) robot.lookup("#fold-control").query()).getText());
        ImageView drawing = robot.lookup("#control-model-1-drawing").query();
        until(() -> drawing.getImage() != null);
        Image before = drawing.getImage();
        TextInputControl low = robot.lookup("#canny-low-1").query();
        robot.interact(() -> low.setText("20"));
        until(() -> drawing.getImage() != null && drawing.getImage() != before);

        robot.interact(() -> unit.end().set(0.6));
        List<ControlUnit> asked = request(robot).orElseThrow().controls();
        assertEquals(1, asked.size());
        assertEquals(
                new Preprocessing("canny", Preprocessing.DEFAULT_RESOLUTION, 20.0, 200.0, false),
                asked.get(0).preprocessing());
        assertEquals(fakes.saved.get(CASTLE), asked.get(0).picture());
        assertEquals(0.6, asked.get(0).end());
        robot.interact(() -> unit.on().set(false));
        assertEquals(List.of(), request(robot).orElseThrow().controls());
        robot.interact(() -> controls().remove(unit));
        assertNull(robot.lookup(".control-unit").tryQuery().orElse(null));
    }

    @Test
    void aNetworkThatDrawsIsChosenLikeAnyPreprocessor(FxRobot robot) throws TimeoutException {
        robot.interact(() -> window.model().intake().accept(DropTarget.CONTROL, Incoming.of(CASTLE)));
        until(() -> controls().units().size() == 1);
        ControlUnitModel unit = controls().units().get(0);
        Network depth = new Network("depth_midas", Path.of("/models/annotators/midas.onnx"), "");
        robot.interact(() -> controls().setPreprocessors(List.of(depth)));
        assertSame(Preprocessor.CANNY, unit.preprocessor().get());
        robot.interact(() -> unit.preprocessor().choices().stream()
                .filter(p -> p.label().equals("depth_midas"))
                .forEach(unit.preprocessor()::set));
        // Only the inference thread can run it: nothing is shown before.
        ImageView drawing = robot.lookup("#control-model-1-drawing").query();
        until(() -> drawing.getImage() == null);
        assertEquals(
                "depth_midas",
                request(robot).orElseThrow().controls().get(0).preprocessing().name());
    }

    @Test
    void whatDoesNotFitIsSaidAtTheUnitAndMakesNoRequest(FxRobot robot) throws TimeoutException {
        robot.interact(() -> ((ButtonBase) robot.lookup("#fold-control").query()).fire());
        robot.interact(() -> ((ButtonBase) robot.lookup("#control-add").query()).fire());
        ControlUnitModel unit = controls().units().get(0);
        assertTrue(request(robot).isEmpty());
        assertEquals("control.no-picture", problem(unit).key());
        robot.interact(() -> window.model().intake().accept(DropTarget.REWORK, Incoming.of(CASTLE)));
        until(() -> window.model().recipe().rework().sourceProperty().get() != null);
        assertTrue(request(robot).isPresent());

        robot.interact(() -> unit.network().set(unit.network().choices().get(1)));
        assertTrue(request(robot).isEmpty());
        assertEquals(
                List.of("Stable Diffusion XL", "Stable Diffusion 1"),
                problem(unit).arguments());
        robot.interact(() -> unit.network().set(unit.network().choices().get(0)));
        robot.interact(() -> unit.start().set(0.9));
        robot.interact(() -> unit.end().set(0.2));
        assertTrue(request(robot).isEmpty());
        assertNotNull(unit.end().problemProperty().get());
    }

    @Test
    void unitsComeBackFromARequest(FxRobot robot) {
        Picture picture = PaintingEngine.gradient(16, 16, 3, 1);
        List<ControlUnit> units = List.of(
                new ControlUnit(
                        Path.of("/models/ControlNet/canny.safetensors"),
                        picture,
                        new Preprocessing("tile_resample", 256, 2.5, null, true),
                        0.5,
                        0.1,
                        0.8,
                        ResizeMode.RESIZE_AND_FILL,
                        ControlMode.CONTROL,
                        null,
                        picture),
                ControlUnit.of(Path.of("/elsewhere/other.safetensors"), picture));
        GenerationRequest asked = request(robot).orElseThrow().edit(e -> e.controls(units));
        robot.interact(() -> window.model().recipe().use(asked));
        assertEquals(asked, request(robot).orElseThrow());
    }

    private Optional<GenerationRequest> request(FxRobot robot) {
        List<GenerationRequest> asked = new ArrayList<>();
        robot.interact(() -> window.model().recipe().request().ifPresent(asked::add));
        return asked.stream().findFirst();
    }

    private ControlModel controls() {
        return window.model().recipe().control();
    }

    private static Problem problem(ControlUnitModel unit) {
        Problem problem = unit.network().problemProperty().get();
        assertNotNull(problem);
        return problem;
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
