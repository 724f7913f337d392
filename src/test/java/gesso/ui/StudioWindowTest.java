package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.request.GenerationRequest;
import gesso.ui.canvas.CanvasModel;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.common.SourcePicture;
import gesso.ui.queue.JobCard;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The real window over an engine that paints, driven by keys and clicks as a person does. */
@ExtendWith(ApplicationExtension.class)
class StudioWindowTest {
    private static final int PLENTY = 1_000_000;

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
    void aPromptBecomesAPicture(FxRobot robot) throws TimeoutException {
        type(robot, "#prompt", "a heron at dawn");
        robot.clickOn("#generate");
        until(() -> canvas().shownProperty().get() != null);
        MadePicture made = canvas().shownProperty().get();
        assertNotNull(made);
        assertEquals("a heron at dawn", made.request().prompt());
        assertEquals(fakes.saved.keySet(), java.util.Set.of(made.file()));
        until(() -> window.model().results().results().size() == 1);
        assertTrue(text(robot, "#picture-facts").contains("512×512"));
        until(() -> robot.lookup("#generate").query().isVisible());
    }

    @Test
    void aJobIsCancelledInMidStepAndTheNextOneRuns(FxRobot robot) throws TimeoutException {
        steps.drainPermits();
        type(robot, "#prompt", "first");
        robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        steps.release(3);
        until(() -> running() != null && running().progress().step() == 3);
        assertNotNull(canvas().imageProperty().get());
        assertTrue(text(robot, "#progress-text").startsWith("Step 3/20"));
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        steps.release(1);
        until(() -> running() == null);
        assertTrue(fakes.saved.isEmpty());
        assertNull(canvas().imageProperty().get());

        steps.release(PLENTY);
        type(robot, "#prompt", "second");
        robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        until(() -> canvas().shownProperty().get() != null);
        assertEquals(1, fakes.saved.size());
    }

    @Test
    void aWrongValueTurnsItsFieldRedAndMakesNoJob(FxRobot robot) throws TimeoutException {
        type(robot, "#width", "130");
        robot.clickOn("#generate");
        Node width = robot.lookup("#width").query();
        until(() -> pseudoClasses(width).contains("wrong"));
        assertTrue(
                problems(robot).stream().anyMatch(text -> text.contains("multiples of 8")), problems(robot)::toString);
        assertTrue(window.model().queue().cards().isEmpty());
        assertTrue(fakes.saved.isEmpty());

        type(robot, "#width", "twelve");
        robot.clickOn("#generate");
        until(() -> problems(robot).contains("\"twelve\" is not a number."));

        type(robot, "#width", "256");
        assertFalse(pseudoClasses(width).contains("wrong"));
        robot.clickOn("#generate");
        until(() -> canvas().shownProperty().get() != null);
        assertEquals(256, request().size().width());
    }

    @Test
    void aWrongValueInAClosedFoldIsBroughtIntoSight(FxRobot robot) throws TimeoutException {
        robot.interact(() -> window.model().recipe().tuning().eta().read("3"));
        robot.clickOn("#generate");
        until(() -> robot.lookup("#eta").tryQuery().filter(Node::isFocused).isPresent());
        assertTrue(problems(robot).contains("Between 0.00 and 1.00, please."), problems(robot)::toString);
    }

    @Test
    void theLanguageChangesWithoutARestart(FxRobot robot) throws TimeoutException {
        until(() -> text(robot, "#generate").equals("Generate"));
        robot.clickOn("#language");
        until(() -> text(robot, "#generate").equals("生成"));
        assertEquals("高级", text(robot, "#fold-advanced"));
        robot.clickOn("#language");
        until(() -> text(robot, "#generate").equals("Generate"));
    }

    @Test
    void aFailedJobIsACardWithItsSentence(FxRobot robot) throws TimeoutException {
        type(robot, "#prompt", PaintingEngine.FAILING_PROMPT);
        robot.clickOn("#generate");
        until(() -> problems(robot).contains("The model's file is broken; download it again."));
        assertNull(running());
    }

    @Test
    void jobsWaitInTheQueueAndTheQueueIsEmptiedAndComesBack(FxRobot robot) throws TimeoutException {
        steps.drainPermits();
        type(robot, "#prompt", "one");
        for (int i = 0; i < 3; i++) {
            robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        }
        until(() -> window.model().queue().cards().size() == 3 && running() != null);
        robot.press(KeyCode.SHIFT, KeyCode.ESCAPE).release(KeyCode.ESCAPE, KeyCode.SHIFT);
        until(() -> window.model().queue().cards().size() == 1);
        robot.clickOn("#undo");
        until(() -> window.model().queue().cards().size() == 3);
        steps.release(PLENTY);
        until(() -> fakes.saved.size() == 3);
        assertTrue(window.model().queue().expectedSeconds(request()) > 0);
    }

    @Test
    void aResultsSettingsAndSeedAreUsedAgain(FxRobot robot) throws TimeoutException {
        type(robot, "#prompt", "a heron");
        type(robot, "#steps", "7");
        robot.clickOn("#generate");
        until(() -> window.model().results().results().size() == 1);
        long seed = request().seeds().seed();
        robot.interact(() -> ((ButtonBase) robot.lookup("#seed-reuse").query()).fire());
        assertEquals(
                Long.toString(seed), ((TextInputControl) robot.lookup("#seed").query()).getText());

        type(robot, "#prompt", "something else");
        type(robot, "#steps", "9");
        robot.interact(() -> ((ButtonBase) robot.lookup("#seed-dice").query()).fire());
        robot.clickOn("#picture");
        robot.type(KeyCode.R);
        until(() -> window.model().recipe().prompt().get().equals("a heron"));
        GenerationRequest again = window.model().recipe().request().orElseThrow();
        // A variation seed that has no strength leaves no mark on the picture, and stays out of the controls.
        assertEquals(request(), again.withSeeds(request().seeds()));
        assertEquals(seed, again.seeds().seed());
    }

    @Test
    void whatTheEngineHasToSayIsSeenAndClosed(FxRobot robot) throws TimeoutException {
        until(() -> robot.lookup(".notice").tryQuery().isPresent());
        robot.clickOn(robot.lookup(".notice").lookup(".button").queryButton());
        until(() -> robot.lookup(".notice").tryQuery().isEmpty());
    }

    @Test
    void theWindowRemembersItsValues(FxRobot robot) throws TimeoutException {
        type(robot, "#steps", "33");
        robot.clickOn("#theme");
        until(() -> "33".equals(fakes.remembered.get("steps")) && "LIGHT".equals(fakes.remembered.get("theme")));
        assertEquals("ENGLISH", window.model().language().write());
    }

    @Test
    void whatThePromptSaysAtWhichStepIsSeenAsItIsTyped(FxRobot robot) throws TimeoutException {
        robot.interact(() -> ((ButtonBase) robot.lookup("#fold-reading").query()).fire());
        type(robot, "#prompt", "cat:(dog");
        until(() -> reading(robot).equals(List.of("steps 1 to 10", "cat", "steps 11 to 20", "(dog ×1.10")));
    }

    @Test
    void stylesAreChosenAndPutToThePrompts(FxRobot robot) throws TimeoutException {
        MenuButton styles = robot.lookup("#styles").query();
        until(() -> styles.getItems().size() == 2);
        for (int i = 0; i < 2; i++) {
            CheckMenuItem item = (CheckMenuItem) styles.getItems().get(i);
            robot.interact(() -> {
                item.setSelected(true);
                item.fire();
            });
        }
        assertEquals("Ink, Soft_light", styles.getText());
        type(robot, "#prompt", "a heron");
        robot.clickOn("#generate");
        until(() -> canvas().shownProperty().get() != null);
        assertEquals("a heron, ink drawing, soft light", request().prompt());
        assertEquals("colour", request().negativePrompt());
    }

    /** The lines of the panel that shows what the prompt becomes. */
    private static List<String> reading(FxRobot robot) {
        Parent panel = robot.lookup("#prompt-reading").query();
        return panel.getChildrenUnmodifiable().stream()
                .map(line -> line instanceof Labeled label ? label.getText() : line.getAccessibleText())
                .toList();
    }

    @Test
    void everyControlHasWordsForAScreenReader(FxRobot robot) {
        for (String fold : List.of(
                "#fold-control",
                "#fold-networks",
                "#fold-reading",
                "#fold-plot",
                "#fold-hires",
                "#fold-variation",
                "#fold-tuning",
                "#fold-advanced")) {
            robot.interact(() -> ((ButtonBase) robot.lookup(fold).query()).fire());
        }
        robot.interact(() -> {
            SourcePicture picture = SourcePicture.of(PaintingEngine.gradient(8, 8, 1, 1));
            window.model().recipe().rework().sourceProperty().set(picture);
            window.model().recipe().rework().inpaint().maskProperty().set(picture);
            window.model().recipe().control().add(picture);
            ((ButtonBase) robot.lookup("#fold-rework").query()).fire();
            ((ButtonBase) robot.lookup("#fold-soft").query()).fire();
        });
        List<Node> silent = robot
                .lookup((Node node) -> node.isFocusTraversable()
                        && !(node instanceof javafx.scene.control.ScrollPane)
                        && (node.getAccessibleText() == null
                                || node.getAccessibleText().isBlank())
                        && !(node instanceof Labeled labeled
                                && !labeled.getText().isBlank()))
                .queryAll()
                .stream()
                .toList();
        assertEquals(List.of(), silent);
        assertTrue(robot.lookup(".number-field").queryAll().size() > 35);
    }

    private CanvasModel canvas() {
        return window.model().canvas();
    }

    private JobCard running() {
        return window.model().queue().runningProperty().get();
    }

    private GenerationRequest request() {
        MadePicture made = canvas().shownProperty().get();
        assertNotNull(made);
        return made.request();
    }

    private static void type(FxRobot robot, String control, String text) {
        TextInputControl field = robot.lookup(control).query();
        robot.interact(() -> {
            field.requestFocus();
            field.selectAll();
        });
        robot.write(text, 0);
    }

    private static String text(FxRobot robot, String control) {
        return ((Labeled) robot.lookup(control).query()).getText();
    }

    private static List<String> problems(FxRobot robot) {
        return robot.lookup(".problem").queryAll().stream()
                .filter(Node::isVisible)
                .map(node -> ((Labeled) node).getText())
                .toList();
    }

    private static List<String> pseudoClasses(Node node) {
        return node.getPseudoClassStates().stream().map(Object::toString).toList();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
