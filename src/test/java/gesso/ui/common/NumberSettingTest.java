package gesso.ui.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NumberSettingTest {
    private final NumberSetting cfg = NumberSetting.decimal("cfg", 1, 30, 0.5, 1, 7);

    @Test
    void isWrittenWithItsDecimalsAndAsManyMoreAsWereTyped() {
        assertEquals("7.0", cfg.write());
        cfg.set(7.25);
        assertEquals("7.25", cfg.write());
        cfg.read("8");
        cfg.tidy();
        assertEquals("8.0", cfg.write());
    }

    @Test
    void aCommaIsADecimalPoint() {
        cfg.read("6,5");
        assertEquals(6.5, cfg.value());
        assertTrue(cfg.check().isEmpty());
    }

    @Test
    void stepsStayOnTheGridAndInTheRange() {
        cfg.stepBy(1);
        assertEquals(7.5, cfg.value());
        cfg.stepBy(-10);
        assertEquals(2.5, cfg.value());
        cfg.stepBy(-10);
        assertEquals(1, cfg.value());
        cfg.set(29.9);
        cfg.stepBy(10);
        assertEquals(30, cfg.value());
    }

    @Test
    void aWrongTextStaysAndIsToldByKind() {
        cfg.read("seven");
        assertEquals("problem.number", cfg.check().orElseThrow().key());
        assertEquals("seven", cfg.write());
        cfg.read("31");
        assertEquals("problem.range", cfg.check().orElseThrow().key());
        cfg.read("NaN");
        assertEquals("problem.number", cfg.check().orElseThrow().key());
        NumberSetting steps = NumberSetting.whole("steps", 1, 150, 1, 20);
        steps.read("20.5");
        assertEquals("problem.whole", steps.check().orElseThrow().key());
    }

    @Test
    void aProblemGoesWhenTheValueChanges() {
        cfg.problemProperty().set(Problem.sentence("No."));
        cfg.set(8);
        assertEquals(null, cfg.problemProperty().get());
    }

    @Test
    void anOptionalNumberIsLeftToTheProgramWhileEmpty() {
        NumberSetting eta = NumberSetting.optional("eta", 0, 1, 0.01, 2);
        assertFalse(eta.changedProperty().get());
        assertTrue(eta.check().isEmpty());
        assertEquals(0.5, eta.valueOr(0.5));
        eta.set(0.3);
        assertTrue(eta.changedProperty().get());
        eta.reset();
        assertEquals("", eta.write());
    }

    @Test
    void aValueAtTheDefaultFollowsItAndAnotherDoesNot() {
        NumberSetting width = NumberSetting.whole("width", 64, 2048, 8, Double.NaN);
        width.setDefault(512);
        assertEquals(512, width.value());
        width.set(768);
        width.setDefault(1024);
        assertEquals(768, width.value());
        assertTrue(width.changedProperty().get());
        width.reset();
        assertEquals(1024, width.value());
    }
}
