package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Turn;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.queue.JobCard;
import gesso.ui.queue.QueueModel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The queue's cards: their order, their keys, pausing, repeating, taking all off and putting all back, and failures. */
@ExtendWith(ApplicationExtension.class)
class QueueWindowTest {
    private static final int PLENTY = 1_000_000;

    private final Fakes fakes = new Fakes();
    private final Semaphore steps = new Semaphore(0);
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
        queue.resume();
        steps.release(PLENTY);
        queue.close();
    }

    @Test
    void aPictureThatFormsGoesOnInOtherWords(FxRobot robot) throws TimeoutException {
        until(() -> window.model().recipe().draft().isPresent());
        robot.interact(() -> {
            GenerationRequest draft = window.model().recipe().draft().orElseThrow();
            window.model()
                    .queue()
                    .submit(draft.withPrompt("a castle").withSeeds(draft.seeds().withSeed(5)));
        });
        steps.release(3);
        until(() -> stepping());
        JobCard card = window.model().queue().runningProperty().get();
        assertNotNull(card);
        until(() -> card.progress().step() == 3);
        GenerationRequest forming = card.generation();
        assertNotNull(forming);
        robot.interact(() -> {
            window.model().recipe().prompt().set(forming.prompt());
            window.model().recipe().negativePrompt().set(forming.negativePrompt());
            window.model().recipe().cfg().set(forming.sampling().cfgScale());
        });
        assertFalse(window.model().steering().possibleProperty().get(), "nothing would be different");
        robot.interact(() -> {
            window.model().recipe().prompt().set("a ruin");
            window.model().recipe().cfg().set(11);
        });
        assertTrue(window.model().steering().possibleProperty().get());
        robot.interact(((ButtonBase) robot.lookup("#steer").query())::fire);
        steps.release(PLENTY);
        until(() -> window.model().results().newest().isPresent());
        GenerationRequest made = window.model().results().newest().orElseThrow().request();
        assertEquals("a castle", made.prompt());
        assertEquals(List.of(new Turn(3, "a ruin", null, 11.0)), made.turns());
        assertEquals(forming.seeds().seed(), made.seeds().seed());
        assertFalse(window.model().steering().possibleProperty().get());
    }

    @Test
    void thoseThatWaitAreReorderedByKeysAndByDragging(FxRobot robot) throws TimeoutException {
        submit(robot, "one", "two", "three", "four");
        until(() -> stepping());
        Node three = card(robot, "three");
        robot.interact(three::requestFocus);
        robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        until(() -> prompts().equals(List.of("one", "three", "two", "four")));
        assertTrue(card(robot, "three").isFocused());
        // Before the one that runs there is no place.
        robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        assertEquals(List.of("one", "three", "two", "four"), prompts());
        assertEquals(
                List.of("three", "two", "four"),
                queue.waiting().stream().map(job -> job.request().prompt()).toList());

        robot.drag(card(robot, "four"))
                .moveBy(0, -4)
                .moveBy(0, -4)
                .moveTo(card(robot, "two"))
                .moveBy(0, -2)
                .drop();
        until(() -> prompts().equals(List.of("one", "three", "four", "two")));
        robot.interact(() -> card(robot, "four").requestFocus());
        robot.type(KeyCode.DELETE);
        until(() -> prompts().equals(List.of("one", "three", "two")));
    }

    @Test
    void aPausedQueueBeginsNothingUntilItGoesOn(FxRobot robot) throws TimeoutException {
        robot.interact(model()::pause);
        submit(robot, "later");
        until(() -> model().cards().size() == 1);
        assertNull(model().runningProperty().get());
        assertTrue(robot.lookup("#generate").query().isVisible());
        assertTrue(robot.lookup(".section-title").queryAllAs(Label.class).stream()
                .anyMatch(label -> label.getText().equals("Queue (1) · paused")));
        steps.release(PLENTY);
        press(robot, "#queue-pause");
        until(() -> fakes.saved.size() == 1);
        assertFalse(queue.isPaused());
    }

    @Test
    void allAreCancelledAndAllComeBack(FxRobot robot) throws TimeoutException {
        submit(robot, "one", "two", "three");
        until(() -> stepping());
        press(robot, "#queue-cancel-all");
        steps.release(1);
        until(() -> model().cards().isEmpty());
        assertTrue(fakes.saved.isEmpty());
        press(robot, "#undo");
        until(() -> prompts().equals(List.of("one", "two", "three")));
    }

    @Test
    void oneIsMadeOnceMoreWithAnotherSeed(FxRobot robot) throws TimeoutException {
        robot.interact(() -> window.model().recipe().useSeed(5));
        submit(robot, "again");
        until(() -> stepping());
        press(robot, ".job-repeat");
        until(() -> model().cards().size() == 2);
        steps.release(PLENTY);
        until(() -> window.model().results().results().size() == 2);
        robot.interact(() -> model().repeat());
        until(() -> window.model().results().results().size() == 3);
        GenerationRequest last = model().lastProperty().get();
        assertEquals("again", last == null ? "" : last.prompt());
        assertEquals(SeedSettings.RANDOM, last == null ? 0 : last.seeds().seed());
    }

    @Test
    void aResultIsMadeLargerAsAJobAndKept(FxRobot robot) throws TimeoutException {
        submit(robot, "a heron");
        steps.release(PLENTY);
        until(() -> window.model().canvas().shownProperty().get() != null);
        robot.interact(() -> robot.lookup("#picture").query().requestFocus());
        robot.type(KeyCode.U);
        until(() -> robot.lookup("#upscale-panel").query().isVisible());
        robot.interact(() -> window.model().upscale().upscaler().set("4x-Sharp"));
        press(robot, "#upscale-start");
        until(() -> window.model().results().results().size() == 2);
        assertFalse(robot.lookup("#upscale-panel").query().isVisible());
        MadePicture larger = window.model().results().results().get(0).made();
        assertTrue(larger.file().toString().endsWith("-2x.png"));
        Picture saved = fakes.saved.get(larger.file());
        assertEquals(1024, saved == null ? 0 : saved.width());
        until(() -> larger.equals(window.model().canvas().shownProperty().get()));
        assertTrue(model().cards().isEmpty());
    }

    @Test
    void aFailedJobStaysWithWhatCanBeDone(FxRobot robot) throws TimeoutException {
        submit(robot, PaintingEngine.FAILING_PROMPT);
        until(() -> !visible(robot, ".job-again").isEmpty());
        press(robot, ".job-folder");
        assertEquals(List.of(Fakes.MODEL), fakes.revealed);
        JobCard failed = model().cards().get(0);
        robot.interact(() -> card(robot, PaintingEngine.FAILING_PROMPT).requestFocus());
        robot.type(KeyCode.ENTER);
        until(() -> model().cards().size() == 1
                && model().cards().get(0) != failed
                && !model().cards().get(0).sentenceProperty().get().isEmpty());
        press(robot, ".job-delete");
        until(() -> model().cards().isEmpty());
    }

    private QueueModel model() {
        return window.model().queue();
    }

    private boolean stepping() {
        return queue.running() != null && model().runningProperty().get() != null;
    }

    private void submit(FxRobot robot, String... prompts) throws TimeoutException {
        until(() -> window.model().modelsProperty().get() != null);
        for (String prompt : prompts) {
            robot.interact(() -> {
                window.model().recipe().prompt().set(prompt);
                window.model().generate();
            });
        }
        until(() -> model().cards().size() >= prompts.length);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private List<String> prompts() {
        return model().cards().stream().map(QueueWindowTest::prompt).toList();
    }

    private static String prompt(JobCard card) {
        GenerationRequest request = card.generation();
        return request == null ? "" : request.prompt();
    }

    private static Node card(FxRobot robot, String prompt) {
        return robot.lookup(".job-card")
                .lookup((Node node) -> node.getAccessibleText() != null
                        && node.getAccessibleText().startsWith(prompt + ","))
                .query();
    }

    private static List<Node> visible(FxRobot robot, String query) {
        return robot.lookup(query).lookup((Node node) -> node.isVisible() && shown(node)).queryAll().stream()
                .toList();
    }

    private static boolean shown(Node node) {
        return node.getParent() == null || (node.getParent().isVisible() && shown(node.getParent()));
    }

    private static void press(FxRobot robot, String query) {
        ButtonBase button = (ButtonBase) robot.lookup(query).query();
        robot.interact(button::fire);
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
    }
}
