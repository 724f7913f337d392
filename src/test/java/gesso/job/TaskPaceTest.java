package gesso.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TaskPaceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void whatIsLeftFollowsFromThePartsSoFar() {
        TaskPace pace = new TaskPace();
        assertEquals(9 * 5, pace.secondsLeft("Upscaling", 1, 10, 100 * SECOND, 105 * SECOND), 1e-9);
        // Without the first part, whose time held the loading.
        assertEquals(8 * 2, pace.secondsLeft("Upscaling", 2, 10, 0, 107 * SECOND), 1e-9);
        assertEquals(6 * 3, pace.secondsLeft("Upscaling", 4, 10, 0, 114 * SECOND), 1e-9);
        assertEquals(0, pace.secondsLeft("Upscaling", 10, 10, 0, 132 * SECOND), 1e-9);
    }

    @Test
    void anotherTaskOrARoundBeginsAnew() {
        TaskPace pace = new TaskPace();
        pace.secondsLeft("Upscaling", 1, 2, 0, 5 * SECOND);
        pace.secondsLeft("Upscaling", 2, 2, 0, 9 * SECOND);
        assertEquals(1, pace.secondsLeft("Upscaling", 1, 2, 9 * SECOND, 10 * SECOND), 1e-9);
        assertEquals(3, pace.secondsLeft("Reading", 1, 4, 10 * SECOND, 11 * SECOND), 1e-9);
    }
}
