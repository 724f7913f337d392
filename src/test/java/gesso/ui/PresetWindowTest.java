package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.metadata.PictureMetadata;
import gesso.job.JobQueue;
import gesso.ui.common.Language;
import gesso.ui.generate.RecipeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A preset's way from one artist to another. */
@ExtendWith(ApplicationExtension.class)
class PresetWindowTest {
    @TempDir
    static Path home;

    private final Fakes fakes = new Fakes();
    private final Fakes others = new Fakes();
    private final JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> {}), fakes);
    private final JobQueue othersQueue = new JobQueue(() -> new PaintingEngine((request, step) -> {}), others);

    @SuppressWarnings("NullAway.Init")
    private StudioWindow window;

    @SuppressWarnings("NullAway.Init")
    private Stage stage;

    @Start
    void start(Stage first) throws IOException {
        fakes.home = Files.createTempDirectory(home, "one");
        others.home = Files.createTempDirectory(home, "two");
        stage = first;
        open(queue, fakes);
    }

    private void open(JobQueue jobs, Fakes of) {
        window = new StudioWindow(jobs, of.services());
        window.model().language().set(Language.ENGLISH);
        window.show(stage);
    }

    @AfterEach
    void close() {
        queue.close();
        othersQueue.close();
    }

    private RecipeModel recipe() {
        return window.model().recipe();
    }

    /** Makes a picture, and a preset of what made it. */
    private void make(FxRobot robot, String name) throws TimeoutException {
        until(() -> recipe().model().get() != null);
        robot.interact(() -> {
            recipe().prompt().set("a fox, ink");
            recipe().steps().set(33);
            recipe().cfg().set(11);
        });
        robot.clickOn("#generate");
        until(() -> window.model().canvas().shownProperty().get() != null);
        robot.interact(() -> menu(robot, "preset-save"));
        robot.interact(() -> ((TextField) robot.lookup("#preset-name").query()).setText(name));
        robot.interact(() -> fire(robot, "#preset-keep"));
        until(() -> robot.lookup("#preset-preview").tryQuery().isPresent());
    }

    private static void menu(FxRobot robot, String id) {
        ((MenuButton) robot.lookup("#preset").query())
                .getItems().stream()
                        .filter(item -> id.equals(item.getId()))
                        .findFirst()
                        .orElseThrow()
                        .fire();
    }

    private static void fire(FxRobot robot, String query) {
        ((ButtonBase) robot.lookup(query).query()).fire();
    }

    @Test
    void aCardThatIsDroppedOnAnotherProfileIsAppliedWithoutOneLineAndUndone(FxRobot robot) throws Exception {
        make(robot, "Fox in ink");
        robot.interact(() -> fire(robot, "#preset-export"));
        Path card = fakes.home.resolve("fox-in-ink.png");
        until(() -> Files.exists(card));
        assertTrue(PictureMetadata.read(card).texts().containsKey("gesso-preset"));
        robot.interact(() -> fire(robot, "#preset-copy"));
        until(() -> clipboard(robot).endsWith("fox-in-ink.png"));

        robot.interact(() -> open(othersQueue, others));
        until(() -> recipe().model().get() != null);
        assertEquals(20, recipe().steps().value());
        robot.interact(() -> Drags.files(stage.getScene().getRoot(), card).drop(3, 3));
        robot.interact(() -> fire(robot, "#drop-preset"));
        until(() -> robot.lookup("#preset-preview").tryQuery().isPresent());
        assertTrue(Files.exists(others.home.resolve("presets/fox-in-ink.json")));
        assertEquals("", recipe().prompt().get());
        robot.interact(() -> ((CheckBox) robot.lookup("#preset-line-cfg").query()).setSelected(false));
        robot.interact(() -> fire(robot, "#preset-apply"));
        assertEquals("a fox, ink", recipe().prompt().get());
        assertEquals(33, recipe().steps().value());
        assertEquals(7, recipe().cfg().value());
        assertTrue(robot.lookup("#preset-preview").tryQuery().isEmpty());
        robot.interact(() -> fire(robot, "#preset-undo"));
        assertEquals("", recipe().prompt().get());
        assertEquals(20, recipe().steps().value());
    }

    private static String clipboard(FxRobot robot) {
        String[] text = {""};
        robot.interact(() -> text[0] = Clipboard.getSystemClipboard().getFiles().toString());
        return text[0].replace("]", "");
    }

    @Test
    void aPresetIsRenamedDeletedAndBroughtBack(FxRobot robot) throws Exception {
        make(robot, "Fox");
        Path file = fakes.home.resolve("presets/fox.json");
        robot.interact(() -> fire(robot, "#preset-rename"));
        robot.interact(() -> ((TextField) robot.lookup("#preset-name").query()).setText("Reynard"));
        robot.interact(() -> fire(robot, "#preset-keep"));
        until(() -> Files.readString(file).contains("Reynard"));
        until(() -> window.model().presets().all().get(0).preset().name("en").equals("Reynard"));
        robot.interact(() -> fire(robot, "#preset-delete"));
        until(() -> window.model().presets().all().isEmpty());
        assertFalse(Files.exists(file));
        robot.interact(() -> fire(robot, "#preset-undo"));
        until(() -> window.model().presets().all().size() == 1);
        assertEquals(
                List.of("Reynard"),
                window.model().presets().all().stream()
                        .map(p -> p.preset().name("en"))
                        .toList());
    }

    @Test
    void ofAPictureInTheGalleryAPresetIsMade(FxRobot robot) throws Exception {
        make(robot, "First");
        Path pictures = Files.createDirectories(fakes.home.resolve("pictures"));
        Files.copy(fakes.home.resolve("made").toFile().listFiles()[0].toPath(), pictures.resolve("a.png"));
        robot.clickOn("#place-gallery");
        until(() -> window.model().gallery().selected() != null);
        robot.type(KeyCode.P);
        until(() -> !window.model().inGallery().isOn());
        robot.interact(() -> ((TextField) robot.lookup("#preset-name").query()).setText("Heron"));
        robot.interact(() -> fire(robot, "#preset-keep"));
        Path file = fakes.home.resolve("presets/heron.json");
        until(() -> Files.exists(file));
        assertTrue(Files.readString(file).contains("\"size\" : \"640x448\""));
        assertTrue(Files.readString(file).contains("\"thumbnail\""));
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
