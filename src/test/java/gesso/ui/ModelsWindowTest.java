package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.library.LibraryEntry;
import gesso.library.Shelf;
import gesso.ui.common.Language;
import gesso.ui.models.ModelsModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
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

@ExtendWith(ApplicationExtension.class)
class ModelsWindowTest {
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

    private ModelsModel models() {
        return window.model().modelLibrary();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void fire(FxRobot robot, String id) {
        robot.interact(() -> ((ButtonBase) robot.lookup(id).query()).fire());
    }

    private static String text(FxRobot robot, String id) {
        return ((Labeled) robot.lookup(id).query()).getText();
    }

    private List<String> names() {
        return models().shown().stream().map(LibraryEntry::name).toList();
    }

    private void open(FxRobot robot) throws TimeoutException {
        until(() -> window.model().recipe().model().get() != null);
        fire(robot, "#models-open");
        until(() -> models().shown().size() == 3 && models().shown().stream().allMatch(e -> e.facts() != null));
    }

    private static Node panel(FxRobot robot) {
        return robot.lookup("#models-panel").query();
    }

    @Test
    void modelsAreListedByKindSearchedAndUsedByTheKeyboard(FxRobot robot) throws TimeoutException {
        assertFalse(panel(robot).isVisible());
        open(robot);
        assertTrue(panel(robot).isVisible());
        assertEquals(List.of("painter", "painter-large", "half"), names());
        assertEquals("Checkpoints 3", text(robot, "#models-checkpoint"));
        assertEquals("LoRA 2", text(robot, "#models-lora"));
        robot.interact(() -> models().searchProperty().set("LARGE diffusion"));
        assertEquals(List.of("painter-large"), names());
        robot.interact(() -> robot.lookup("#models-search").query().requestFocus());
        robot.push(KeyCode.DOWN);
        assertEquals("painter-large", text(robot, "#model-details-name"));
        robot.push(KeyCode.ENTER);
        assertFalse(panel(robot).isVisible());
        assertEquals(Fakes.LARGE_MODEL, window.model().recipe().model().chosen().file());
        robot.push(KeyCode.CONTROL, KeyCode.M);
        assertTrue(panel(robot).isVisible());
        robot.push(KeyCode.ESCAPE);
        assertFalse(panel(robot).isVisible());
    }

    @Test
    void aHalfCopiedFileIsNoErrorAndCannotBeUsed(FxRobot robot) throws TimeoutException {
        open(robot);
        robot.interact(() -> models().choose(models().shown().get(2)));
        assertTrue(text(robot, "#model-details-what").startsWith("not complete · 2.0 GB"));
        assertFalse(robot.lookup("#models-use").query().isVisible());
        robot.interact(() -> models().choose(models().shown().get(0)));
        assertTrue(robot.lookup("#models-use").query().isVisible());
    }

    @Test
    void aLoraEntersThePromptAndItsWordsWithAClick(FxRobot robot) throws TimeoutException {
        open(robot);
        robot.interact(() -> models().shelfProperty().set(Shelf.LORA));
        assertEquals(List.of("Ink", "Flat"), names());
        robot.interact(() -> models().choose(models().shown().get(0)));
        until(() -> models().aboutProperty().get() != null);
        robot.interact(() -> robot.from(robot.lookup("#model-details").<Node>query())
                .lookup("inkwash")
                .queryButton()
                .fire());
        assertEquals("inkwash", window.model().recipe().prompt().get());
        fire(robot, "#models-use");
        assertEquals("inkwash <lora:Ink:1>", window.model().recipe().prompt().get());
        fire(robot, "#models-open");
        fire(robot, "#models-use");
        assertEquals("inkwash <lora:Ink:1>", window.model().recipe().prompt().get());
    }

    @Test
    void favouritesComeFirstAndNotesAreKept(FxRobot robot) throws TimeoutException {
        open(robot);
        robot.interact(() -> models().choose(models().shown().get(1)));
        fire(robot, "#model-favourite");
        until(() -> names().get(0).equals("painter-large"));
        robot.interact(() -> models().favouritesOnlyProperty().set(true));
        assertEquals(List.of("painter-large"), names());
        TextArea note = (TextArea) robot.lookup("#model-note").query();
        robot.interact(note::requestFocus);
        robot.interact(() -> note.setText("for night scenes "));
        robot.interact(() -> robot.lookup("#models-search").query().requestFocus());
        until(() -> fakes.library.entries.get(1).note().equals("for night scenes"));
        robot.interact(() -> models().favouritesOnlyProperty().set(false));
        robot.interact(() -> models().searchProperty().set("night"));
        assertEquals(List.of("painter-large"), names());
    }

    @Test
    void aFolderIsAddedAndChangesAreSeen(FxRobot robot) throws TimeoutException {
        open(robot);
        fakes.chosen = List.of(Path.of("/more"));
        fire(robot, "#models-add-folder");
        until(() -> names().contains("found"));
        assertEquals(List.of(Path.of("/more")), fakes.library.added);
        fakes.library.entries.removeIf(e -> e.name().equals("found"));
        fakes.library.changed.run();
        until(() -> !names().contains("found"));
    }

    @Test
    void aLinkIsAddedWhenItIsSaidAndCanBeStopped(FxRobot robot) throws TimeoutException {
        open(robot);
        TextField link = (TextField) robot.lookup("#models-link").query();
        robot.interact(() -> link.setText("https://example.org/broken"));
        assertFalse(models().adding().runningProperty().get(), "nothing is loaded before it is said");
        fire(robot, "#models-download");
        until(() -> text(robot, "#models-sentence").equals("There is no file at this address."));
        robot.interact(() -> link.setText("https://example.org/slow"));
        fire(robot, "#models-download");
        until(() -> models().adding().partProperty().get() == 0.5);
        fire(robot, "#models-cancel");
        until(() -> !models().adding().runningProperty().get());
        assertFalse(names().contains("loaded"));
        robot.interact(() -> link.setText(" https://example.org/a "));
        robot.interact(link::requestFocus);
        robot.push(KeyCode.ENTER);
        until(() -> names().contains("loaded"));
        assertEquals("https://example.org/a is here.", text(robot, "#models-sentence"));
    }

    @Test
    void thousandsTakeNoMoreCellsThanAreSeen(FxRobot robot) throws TimeoutException {
        fakes.library.entries.addAll(IntStream.range(0, 10_000)
                .mapToObj(i -> FakeLibrary.entry("lora" + i, Path.of("/models/Lora/" + i), Shelf.LORA))
                .toList());
        open(robot);
        robot.interact(() -> models().shelfProperty().set(Shelf.LORA));
        until(() -> models().shown().size() == 10_002);
        ListView<?> list = (ListView<?>) robot.lookup("#models-list").query();
        long cells = list.lookupAll(".list-cell").stream()
                .filter(ListCell.class::isInstance)
                .count();
        assertTrue(cells > 3 && cells < 60, cells + " cells");
    }

    @Test
    void theOtherLanguage(FxRobot robot) throws TimeoutException {
        open(robot);
        robot.interact(() -> window.model().language().set(Language.CHINESE));
        assertEquals("模型 3", text(robot, "#models-checkpoint"));
        assertEquals("使用", text(robot, "#models-use"));
    }
}
