package gesso.ui.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChoiceSettingTest {
    private final ChoiceSetting<String> model = new ChoiceSetting<>("model", List.of(), null, Function.identity());

    @Test
    void aRememberedChoiceIsMadeWhenItsListComes() {
        model.read("b");
        assertNull(model.get());
        model.setChoices(List.of("a", "b"), "a");
        assertEquals("b", model.get());
    }

    @Test
    void aRememberedChoiceThatIsGoneIsRememberedStill() {
        model.read("c");
        model.setChoices(List.of("a", "b"), "a");
        assertEquals("a", model.get());
        assertEquals("c", model.write());
        model.setChoices(List.of("a", "c"), "a");
        assertEquals("c", model.get());
    }

    @Test
    void aChoiceStaysWhenTheListChanges() {
        model.setChoices(List.of("a", "b"), "a");
        assertFalse(model.changedProperty().get());
        model.set("b");
        model.setChoices(List.of("b", "a"), "a");
        assertEquals("b", model.get());
    }
}
