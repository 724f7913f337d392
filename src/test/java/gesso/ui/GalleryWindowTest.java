package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PixelHash;
import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.job.JobQueue;
import gesso.library.Gallery;
import gesso.library.gallery.GalleryPicture;
import gesso.request.Picture;
import gesso.ui.common.Language;
import gesso.ui.gallery.GalleryModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The gallery with the keyboard alone. */
@ExtendWith(ApplicationExtension.class)
class GalleryWindowTest {
    @TempDir
    static Path home;

    private final Fakes fakes = new Fakes();
    private final JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> {}), fakes);

    @SuppressWarnings("NullAway.Init")
    private StudioWindow window;

    @Start
    void start(Stage stage) throws IOException {
        fakes.home = Files.createTempDirectory(home, "user");
        for (int i = 0; i < 30; i++) {
            picture(i);
        }
        window = new StudioWindow(queue, fakes.services());
        window.model().language().set(Language.ENGLISH);
        window.show(stage);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    /** The higher its number, the older; number 1 was made from number 2. */
    private void picture(int number) throws IOException {
        Picture pixels = PaintingEngine.gradient(32, 32, number, 1);
        String text = "picture %s number%d\nSteps: 20, Sampler: Euler, CFG scale: %d, Seed: %d, Size: 32x32"
                .formatted(number % 2 == 0 ? "fox" : "owl", number, number, number);
        Path file = file(number);
        Files.createDirectories(file.resolveSibling(""));
        List<TextChunk> texts = new ArrayList<>(
                List.of(new TextChunk("parameters", text), new TextChunk(Gallery.PIXELS, PixelHash.of(pixels))));
        if (number == 1) {
            texts.add(new TextChunk(Gallery.SOURCE, PixelHash.of(PaintingEngine.gradient(32, 32, 2, 1))));
        }
        Files.write(file, PngWriter.encode(pixels, texts));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L - number * 60_000L));
    }

    private Path file(int number) {
        return fakes.home.resolve("pictures/day/p" + number + ".png");
    }

    private GalleryModel model() {
        return window.model().gallery();
    }

    private void open(FxRobot robot) throws TimeoutException {
        robot.clickOn("#place-gallery");
        until(() -> model().countProperty().get() == 30 && selected() != null);
    }

    private @Nullable GalleryPicture selected() {
        return model().selected();
    }

    private boolean isAt(int number) {
        GalleryPicture now = selected();
        return now != null && now.file().equals(file(number));
    }

    @Test
    void arrowsWalkStarsAreKeptAndFoundDeletionIsUndone(FxRobot robot) throws Exception {
        open(robot);
        until(() -> isAt(0));
        robot.type(KeyCode.RIGHT, KeyCode.RIGHT);
        until(() -> isAt(2));
        robot.type(KeyCode.DIGIT4);
        Path marks = file(2).resolveSibling(".gesso").resolve("p2.png.json");
        until(() -> Files.exists(marks) && Files.readString(marks).contains("\"rating\" : 4"));
        robot.interact(() -> model().searchProperty().set("rating>3"));
        until(() -> model().countProperty().get() == 1 && isAt(2));
        robot.interact(() -> model().searchProperty().set("fox -rating>3 cfg>10"));
        until(() -> model().countProperty().get() == 9);
        robot.interact(() -> model().searchProperty().set("colour:red"));
        until(() -> text(robot, "#gallery-problem").contains("\"colour:\" is nothing to search by"));
        assertEquals(9, model().countProperty().get());
        robot.interact(() -> model().searchProperty().set(""));
        until(() -> model().countProperty().get() == 30);

        robot.interact(() -> robot.lookup("#gallery-grid").query().requestFocus());
        robot.type(KeyCode.END);
        until(() -> isAt(29));
        robot.type(KeyCode.DELETE);
        until(() -> model().countProperty().get() == 29);
        assertFalse(Files.exists(file(29)));
        assertTrue(Files.exists(fakes.home.resolve("data/Trash/files/p29.png")));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> model().countProperty().get() == 30 && Files.exists(file(29)));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> !Files.exists(marks));
    }

    @Test
    void tagsAndNotesAreTypedBesideTheGrid(FxRobot robot) throws Exception {
        open(robot);
        robot.clickOn("#gallery-tags").write("Sky, best of, Sky");
        robot.clickOn("#gallery-note").write("for 4 walls");
        robot.interact(() -> robot.lookup("#gallery-grid").query().requestFocus());
        Path marks = file(0).resolveSibling(".gesso").resolve("p0.png.json");
        until(() -> Files.exists(marks) && Files.readString(marks).contains("for 4 walls"));
        assertTrue(Files.readString(marks).contains("\"best of\""));
        robot.interact(() -> model().searchProperty().set("tag:sky note:walls"));
        until(() -> model().countProperty().get() == 1);
    }

    @Test
    void enterOpensRReusesEscapeLeaves(FxRobot robot) throws Exception {
        open(robot);
        robot.type(KeyCode.RIGHT);
        until(() -> isAt(1));
        robot.type(KeyCode.ENTER);
        until(() -> window.model().canvas().shownProperty().get() != null);
        assertFalse(window.model().inGallery().isOn());
        assertEquals(
                file(1),
                Objects.requireNonNull(window.model().canvas().shownProperty().get())
                        .file());
        robot.clickOn("#place-gallery");
        until(() -> isAt(1));
        robot.type(KeyCode.R);
        until(() -> window.model().recipe().prompt().get().equals("a heron"));
        robot.clickOn("#place-gallery");
        robot.type(KeyCode.T);
        until(() -> window.model().recipe().rework().sourceProperty().get() != null);
        robot.clickOn("#place-gallery");
        robot.type(KeyCode.ESCAPE);
        until(() -> !window.model().inGallery().isOn());
    }

    @Test
    void aFolderOfPicturesMadeElsewhereIsAddedAndLeftOutAgain(FxRobot robot) throws Exception {
        open(robot);
        Path other = Files.createDirectories(fakes.home.resolve("elsewhere"));
        Files.copy(file(3), other.resolve("copy.png"));
        fakes.chosen = List.of(other);
        robot.clickOn("#gallery-add-folder");
        until(() -> model().countProperty().get() == 31);
        robot.clickOn("#gallery-forget-folders");
        until(() -> model().countProperty().get() == 30);
    }

    @Test
    void twoAreComparedAndKinIsFound(FxRobot robot) throws Exception {
        open(robot);
        robot.type(KeyCode.RIGHT);
        until(() -> isAt(1));
        until(() -> robot.lookup("#gallery-from").tryQuery().isPresent());
        assertTrue(robot.lookup("#gallery-became").tryQuery().isEmpty());
        robot.type(KeyCode.SPACE, KeyCode.RIGHT, KeyCode.C);
        until(() -> robot.lookup("#compare").tryQuery().isPresent());
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup("#compare").tryQuery().isEmpty());
        assertTrue(window.model().inGallery().isOn());
        robot.type(KeyCode.LEFT);
        until(() -> robot.lookup("#gallery-from .button").tryQuery().isPresent());
        robot.clickOn("#gallery-from .button");
        until(() -> isAt(2));
        until(() -> robot.lookup("#gallery-became").tryQuery().isPresent());
        assertNotNull(robot.lookup(".gallery-tile").query());
    }

    private static String text(FxRobot robot, String query) {
        return ((Labeled) robot.lookup(query).query()).getText();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
