package gesso;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void isThere() {
        assertTrue(Main.class.getName().startsWith("gesso"));
    }
}
