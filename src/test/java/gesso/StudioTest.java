package gesso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PictureFiles;
import gesso.image.metadata.PictureMetadata;
import gesso.job.JobQueue;
import gesso.library.Folders;
import gesso.request.Size;
import gesso.ui.StudioWindow;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.drop.Incoming;
import gesso.ui.queue.JobCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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

/** The whole program from the keyboard to the disk: the real window over the real engine and the starter model. */
@ExtendWith(ApplicationExtension.class)
class StudioTest {
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Studio studio;

    @SuppressWarnings("NullAway.Init")
    private JobQueue queue;

    @SuppressWarnings("NullAway.Init")
    private StudioWindow window;

    @Start
    void start(Stage stage) throws IOException {
        home = Files.createTempDirectory("gesso-studio");
        studio = new Studio(Folders.under(home));
        queue = studio.queue("cpu", studio.gallery()::save, device -> {}, notice -> {});
        window = new StudioWindow(queue, studio.services());
        window.model().language().set(Language.ENGLISH);
        window.show(stage);
    }

    @AfterEach
    void close() throws IOException {
        queue.close();
        studio.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aPromptBecomesAPictureOnDiskWithItsParameters(FxRobot robot) throws Exception {
        until(() -> window.model().recipe().model().get() != null);
        type(robot, "#prompt", "red apple");
        robot.clickOn("#generate");
        until(() -> shown() != null && running() == null);

        MadePicture made = shown();
        assertNotNull(made);
        assertEquals(List.of(made.file()), pictures());
        assertEquals(new Size(128, 128), PictureFiles.read(made.file()).size());
        String parameters = PictureMetadata.read(made.file()).parameters().orElseThrow();
        assertTrue(parameters.startsWith("red apple\nSteps: 20, Sampler: DPM++ 2M, "), parameters);
        assertTrue(parameters.contains("Seed: " + made.request().seeds().seed() + ", Size: 128x128"), parameters);

        robot.interact(() -> window.model().recipe().prompt().set("something else"));
        robot.interact(() -> window.model().intake().settings(Incoming.of(made.file()), problem -> {
            throw new AssertionError(problem);
        }));
        until(() -> window.model().recipe().prompt().get().equals("red apple"));
        assertEquals(
                made.request().seeds().seed(),
                window.model().recipe().request().orElseThrow().seeds().seed());
    }

    @Test
    void aPictureIsCancelledInMidStepAndTheNextOneIsMade(FxRobot robot) throws Exception {
        until(() -> window.model().recipe().model().get() != null);
        type(robot, "#prompt", "owl, blue background");
        type(robot, "#steps", "150");
        type(robot, "#count", "100");
        generate(robot);
        until(() -> running() != null && running().progress().step() >= 2);
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() -> running() == null);
        int before = pictures().size();

        type(robot, "#steps", "4");
        type(robot, "#count", "1");
        generate(robot);
        until(() -> pictures().size() == before + 1 && running() == null);
    }

    private JobCard running() {
        return window.model().queue().runningProperty().get();
    }

    private MadePicture shown() {
        return window.model().canvas().shownProperty().get();
    }

    private List<Path> pictures() throws IOException {
        Path folder = studio.gallery().folder();
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".png")).toList();
        }
    }

    private static void generate(FxRobot robot) {
        robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
    }

    private static void type(FxRobot robot, String control, String text) {
        TextInputControl field = robot.lookup(control).query();
        robot.interact(() -> {
            field.requestFocus();
            field.selectAll();
        });
        robot.write(text, 0);
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
