package gesso.ui.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** How controls behave under keys, clicks and the wheel. */
@ExtendWith(ApplicationExtension.class)
class ControlsTest {
    private final Words words = new Words();
    private final NumberSetting steps = NumberSetting.whole("steps", 1, 150, 1, 20);
    private final NumberSetting cfg = NumberSetting.decimal("cfg", 1, 30, 0.5, 1, 7);
    private final ChoiceSetting<String> sampler =
            new ChoiceSetting<>("sampler", List.of("Euler", "Heun", "LMS"), "Euler", String::toString);
    private final ToggleSetting open = new ToggleSetting("fold.advanced", true);

    @Start
    void start(Stage stage) {
        NumberControl meant =
                new NumberControl(words, "cfg", cfg).meaning(value -> value < 5 ? "cfg.creative" : "cfg.balances");
        VBox box = new VBox(
                new NumberControl(words, "steps", steps),
                new ChoiceControl<>(
                        words,
                        "sampler",
                        sampler,
                        name -> name + " " + words.languageProperty().get().ownName()),
                new Fold(words, "fold.advanced", open, List.of(cfg), () -> List.of(meant)));
        stage.setScene(new Scene(box, 320, 400));
        stage.show();
    }

    @Test
    void theArrowKeysStepAndShiftStepsTenTimesAsFar(FxRobot robot) {
        robot.clickOn("#steps");
        robot.type(KeyCode.UP, 2);
        assertEquals(22, steps.value());
        robot.press(KeyCode.SHIFT, KeyCode.DOWN).release(KeyCode.DOWN, KeyCode.SHIFT);
        assertEquals(12, steps.value());
    }

    @Test
    void typingMovesTheSliderAndTheSliderWritesTheField(FxRobot robot) {
        Slider slider = robot.lookup("#steps-slider").query();
        TextField field = robot.lookup("#steps").query();
        robot.interact(() -> field.setText("75"));
        assertEquals(75, slider.getValue());
        robot.interact(() -> slider.setValue(30.4));
        assertEquals("30", field.getText());
        robot.interact(() -> field.setText("900"));
        assertEquals("900", field.getText(), "a wrong number stays to be corrected");
        assertEquals(150, slider.getValue());
    }

    @Test
    void theWheelChangesNoValue(FxRobot robot) {
        robot.interact(() -> steps.set(50));
        for (String control : List.of("#steps", "#steps-slider", "#sampler")) {
            Node node = robot.lookup(control).query();
            robot.interact(node::requestFocus);
            robot.moveTo(node).scroll(3, VerticalDirection.UP).scroll(1, VerticalDirection.DOWN);
        }
        assertEquals(50, steps.value());
        assertEquals("Euler", ((ComboBox<?>) robot.lookup("#sampler").query()).getValue());
    }

    @Test
    void aChoiceThatIsShownSpeaksTheNewLanguage(FxRobot robot) {
        ComboBox<?> box = robot.lookup("#sampler").query();
        assertEquals("Euler English", box.getButtonCell().getText());
        robot.interact(() -> words.languageProperty().set(Language.CHINESE));
        assertEquals("Euler 中文", box.getButtonCell().getText());
    }

    @Test
    void aDotMarksWhatIsNotTheDefaultAndADoubleClickResets(FxRobot robot) {
        Labeled label = robot.lookup((Node node) -> node instanceof Labeled l && "Sampling steps".equals(l.getText()))
                .query();
        assertFalse(label.getGraphic().isVisible());
        robot.interact(() -> steps.set(31));
        assertTrue(label.getGraphic().isVisible());
        robot.doubleClickOn(label);
        assertEquals(20, steps.value());
        assertFalse(label.getGraphic().isVisible());
    }

    @Test
    void aFoldSaysHowManyOfItsValuesAreChanged(FxRobot robot) {
        Labeled title = robot.lookup("#fold-advanced").query();
        assertEquals("Advanced", title.getText());
        robot.interact(() -> cfg.set(4));
        assertEquals("Advanced · 1 changed", title.getText());
        assertEquals("is more creative", ((Labeled) robot.lookup("#cfg-meaning").query()).getText());
        robot.clickOn(title);
        assertFalse(open.isOn());
        assertFalse(
                robot.lookup("#cfg").query().getParent().getParent().getParent().isVisible());
    }

    @Test
    void onlyChangedValuesAreRememberedAndComeBack(FxRobot robot) {
        AtomicReference<Map<String, String>> saved = new AtomicReference<>(Map.of());
        robot.interact(() -> {
            Memory memory = new Memory(Map.of("steps", "33", "sampler", "LMS"), saved::set);
            memory.keep(steps);
            memory.keep(sampler);
            memory.keep(cfg);
            assertEquals(33, steps.value());
            assertEquals("LMS", sampler.get());
            cfg.set(9);
            steps.reset();
            memory.saveNow();
        });
        assertEquals(Map.of("sampler", "LMS", "cfg", "9.0"), saved.get());
    }
}
