package gesso.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.job.JobQueue;
import gesso.request.GenerationRequest;
import gesso.request.InpaintArea;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.common.PictureImage;
import gesso.ui.common.SourcePicture;
import gesso.ui.generate.ReworkModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures brought into the window in every way, and what is made of them. */
@ExtendWith(ApplicationExtension.class)
class ReworkWindowTest {
    private static final Path CASTLE = Path.of("/drawings/castle.png");
    private static final Path MASK = Path.of("/drawings/mask.png");
    private static final Path TEXT = Path.of("/drawings/notes.txt");

    private final Fakes fakes = new Fakes();
    private final JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> {}), fakes);

    @SuppressWarnings("NullAway.Init")
    private StudioWindow window;

    @SuppressWarnings("NullAway.Init")
    private Node root;

    @Start
    void start(Stage stage) {
        window = new StudioWindow(queue, fakes.services());
        window.model().language().set(Language.ENGLISH);
        window.show(stage);
        root = stage.getScene().getRoot();
    }

    @BeforeEach
    void pictures() throws TimeoutException {
        fakes.saved.put(CASTLE, PaintingEngine.gradient(768, 512, 1, 1));
        fakes.saved.put(MASK, PaintingEngine.gradient(768, 512, 2, 1));
        until(() -> window.model().recipe().model().get() != null);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aPictureDroppedOnReworkItIsStartedFromAtItsSize(FxRobot robot) throws TimeoutException {
        Drags drag = Drags.files(root, CASTLE);
        robot.interact(() -> assertTrue(drag.over(600, 300)));
        assertEquals(List.of("drop-rework", "drop-paint", "drop-control", "drop-settings"), targets(robot));
        robot.interact(() -> drag.drop(robot.lookup("#drop-rework").query()));
        until(() -> source() != null);
        assertFalse(robot.lookup(".drop-targets").query().isVisible());
        robot.interact(() -> rework().denoise().set(0.4));
        assertEquals("likeness first, some style", text(robot, "#rework-denoise-meaning"));

        robot.clickOn("#generate");
        until(() -> shown() != null);
        Rework asked = request().rework();
        assertNotNull(asked);
        assertEquals(fakes.saved.get(CASTLE), asked.source());
        assertEquals(0.4, asked.denoisingStrength());
        assertEquals("768x512", request().size().toString());

        robot.clickOn("#rework-remove");
        assertNull(asked(robot).orElseThrow().rework());
    }

    @Test
    void theTargetUnderThePointerLightsUpAndLeavingChangesNothing(FxRobot robot) throws TimeoutException {
        Drags drag = Drags.files(root, CASTLE);
        robot.interact(() -> drag.over(600, 300));
        Node target = robot.lookup("#drop-settings").query();
        until(() -> target.getLayoutBounds().getWidth() > 0);
        robot.interact(() -> drag.over(target));
        assertTrue(pseudoClasses(target).contains("aimed"));
        robot.interact(drag::leave);
        assertFalse(robot.lookup(".drop-targets").query().isVisible());
        assertNull(source());
    }

    @Test
    void whatIsDroppedBesideTheTargetsWaitsForAChoice(FxRobot robot) throws TimeoutException {
        robot.interact(() -> Drags.files(root, CASTLE).drop(3, 3));
        assertTrue(robot.lookup("#drop-rework").query().isFocused());
        robot.type(KeyCode.SPACE);
        until(() -> source() != null);
    }

    @Test
    void aMaskShowsItsControlsAndIsAskedFor(FxRobot robot) throws TimeoutException {
        robot.interact(() -> Drags.files(root, CASTLE).drop(3, 3));
        fire(robot, "#drop-rework");
        until(() -> source() != null);
        assertFalse(isSeen(robot, "#mask-blur"));
        robot.interact(() -> Drags.files(root, MASK).drop(3, 3));
        assertEquals(
                List.of("drop-rework", "drop-paint", "drop-mask", "drop-control", "drop-settings"), targets(robot));
        fire(robot, "#drop-mask");
        until(() -> rework().inpaint().maskProperty().get() != null);
        type(robot, "#mask-blur", "9");
        assertFalse(isSeen(robot, "#padding"));
        robot.interact(() -> rework().inpaint().area().set(InpaintArea.ONLY_MASKED));
        assertTrue(isSeen(robot, "#padding"));
        assertEquals("has no effect here", text(robot, "#mask-weight-meaning"));
        GenerationRequest asked = asked(robot).orElseThrow();
        assertNotNull(asked.rework());
        assertNotNull(asked.rework().inpaint());
        assertEquals(9, asked.rework().inpaint().blur());
        assertEquals(fakes.saved.get(MASK), asked.rework().inpaint().mask());

        type(robot, "#mask-blur", "900");
        robot.clickOn("#generate");
        assertTrue(pseudoClasses(robot.lookup("#mask-blur").query()).contains("wrong"));
        robot.interact(() -> rework().inpaint().maskProperty().set(null));
        assertTrue(asked(robot).isPresent(), "nobody could correct what is not seen");
    }

    @Test
    void aFileThatIsNoPictureSaysWhyInPlaceOfTheTargetsAndChangesNothing(FxRobot robot) throws TimeoutException {
        Drags drag = Drags.files(root, TEXT);
        robot.interact(() -> assertFalse(drag.over(600, 300)));
        assertEquals(List.of(), targets(robot));
        assertTrue(text(robot, "#drop-sentence").startsWith("notes.txt can't be used here"));
        robot.interact(drag::leave);

        Path broken = Path.of("/drawings/broken.png");
        robot.interact(() -> Drags.files(root, broken).drop(3, 3));
        fire(robot, "#drop-rework");
        until(() -> text(robot, "#drop-sentence").equals("There is no /drawings/broken.png."));
        assertNull(source());
        robot.type(KeyCode.ESCAPE);
        assertFalse(robot.lookup(".drop-targets").query().isVisible());
    }

    @Test
    void severalPicturesAreReworkedOneAfterAnother(FxRobot robot) throws TimeoutException {
        Path gone = Path.of("/drawings/gone.png");
        robot.interact(() -> Drags.files(root, CASTLE, gone, MASK).drop(3, 3));
        assertEquals(List.of("drop-rework"), targets(robot));
        fire(robot, "#drop-rework");
        until(() -> rework().more().size() == 2);
        assertEquals("and 2 more, one after another with the same settings", text(robot, "#rework-more"));
        robot.clickOn("#generate");
        until(() -> window.model().results().results().size() == 2);
        assertTrue(window.model().queue().notices().contains("There is no /drawings/gone.png."));
        List<Picture> sources = window.model().results().results().stream()
                .map(result -> result.made().request().rework())
                .filter(Objects::nonNull)
                .map(Rework::source)
                .toList();
        assertEquals(List.of(fakes.saved.get(MASK), fakes.saved.get(CASTLE)), sources);
        robot.interact(() -> rework().clear());
        assertTrue(rework().more().isEmpty());
    }

    @Test
    void aModelHasATargetOfItsOwn(FxRobot robot) throws TimeoutException {
        robot.interact(() -> Drags.files(root, Path.of("/new/ink.safetensors")).drop(3, 3));
        assertEquals(List.of("drop-install"), targets(robot));
        fire(robot, "#drop-install");
        until(() -> window.model().queue().notices().contains("ink.safetensors is installed."));
        robot.interact(() -> Drags.files(root, Path.of("/new/broken.pth")).drop(3, 3));
        fire(robot, "#drop-install");
        until(() -> text(robot, "#drop-sentence").equals("broken.pth is no model."));
    }

    @Test
    void aDroppedPicturesSettingsAreReadWithWhatCouldNotBe(FxRobot robot) throws TimeoutException {
        robot.interact(() -> Drags.files(root, CASTLE).drop(3, 3));
        fire(robot, "#drop-settings");
        until(() -> window.model().recipe().prompt().get().equals("a heron"));
        assertEquals(640, window.model().recipe().size().width().value());
        assertTrue(window.model().queue().notices().contains("The VAE x is missing."));
    }

    @Test
    void aBrowsersPictureIsFetchedOrItsPixelsAreTaken(FxRobot robot) throws TimeoutException {
        fakes.saved.put(Path.of("/tmp/fox.png"), PaintingEngine.gradient(64, 64, 3, 1));
        robot.interact(() -> new Drags(root, Map.of(DataFormat.URL, "https://example.org/fox.png")).drop(3, 3));
        fire(robot, "#drop-rework");
        until(() -> source() != null && source().name().equals("fox.png"));

        Picture pixels = PaintingEngine.gradient(96, 64, 4, 1);
        robot.interact(() -> new Drags(root, Map.of(DataFormat.IMAGE, PictureImage.image(pixels))).drop(3, 3));
        assertFalse(targets(robot).contains("drop-settings"), "pixels alone say nothing of how they were made");
        fire(robot, "#drop-rework");
        until(() -> source() != null && source().picture().equals(pixels));
    }

    @Test
    void aPictureIsPastedWhateverHasTheFocus(FxRobot robot) throws TimeoutException {
        Picture pixels = PaintingEngine.gradient(96, 64, 5, 1);
        robot.interact(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putImage(PictureImage.image(pixels));
            Clipboard.getSystemClipboard().setContent(content);
            robot.lookup("#prompt").query().requestFocus();
        });
        robot.press(KeyCode.CONTROL, KeyCode.V).release(KeyCode.V, KeyCode.CONTROL);
        fire(robot, "#drop-rework");
        until(() -> source() != null && source().picture().equals(pixels));
    }

    @Test
    void aResultBecomesTheNextSourceWithOneKey(FxRobot robot) throws TimeoutException {
        type(robot, "#prompt", "a heron");
        robot.clickOn("#generate");
        until(() -> shown() != null);
        MadePicture made = shown();
        robot.clickOn("#picture");
        robot.type(KeyCode.T);
        until(() -> source() != null);
        assertEquals(fakes.saved.get(made.file()), source().picture());
    }

    @Test
    void aPictureIsChosenAsAFileAndAMaskAfterIt(FxRobot robot) throws TimeoutException {
        fakes.chosen = List.of(CASTLE);
        robot.clickOn("#rework-start");
        until(() -> source() != null);
        robot.interact(() -> window.model().recipe().size().use(new gesso.request.Size(64, 64)));
        fire(robot, "#rework-size");
        assertEquals(768, window.model().recipe().size().width().value());
        fakes.chosen = List.of(Path.of("/drawings/none.png"));
        fire(robot, "#mask-choose");
        until(() -> text(robot, "#rework-problem").equals("There is no /drawings/none.png."));
        fakes.chosen = List.of(MASK);
        fire(robot, "#mask-choose");
        until(() -> rework().inpaint().maskProperty().get() != null);
        assertEquals("", text(robot, "#rework-problem"));
    }

    private Optional<GenerationRequest> asked(FxRobot robot) {
        List<GenerationRequest> asked = new ArrayList<>();
        robot.interact(() -> window.model().recipe().request().ifPresent(asked::add));
        return asked.stream().findFirst();
    }

    private ReworkModel rework() {
        return window.model().recipe().rework();
    }

    private SourcePicture source() {
        return rework().sourceProperty().get();
    }

    private MadePicture shown() {
        return window.model().canvas().shownProperty().get();
    }

    private GenerationRequest request() {
        MadePicture made = shown();
        assertNotNull(made);
        return made.request();
    }

    private static List<String> targets(FxRobot robot) {
        return robot.lookup(".drop-target").queryAll().stream().map(Node::getId).toList();
    }

    private static void fire(FxRobot robot, String button) {
        robot.interact(() -> ((ButtonBase) robot.lookup(button).query()).fire());
    }

    private static boolean isSeen(FxRobot robot, String control) {
        for (Node node = robot.lookup(control).query(); node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static void type(FxRobot robot, String control, String text) {
        TextInputControl field = robot.lookup(control).query();
        robot.interact(() -> field.setText(text));
    }

    private static String text(FxRobot robot, String control) {
        return ((Labeled) robot.lookup(control).query()).getText();
    }

    private static List<String> pseudoClasses(Node node) {
        return node.getPseudoClassStates().stream().map(Object::toString).toList();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
