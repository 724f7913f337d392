package gesso.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.request.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepPlanTest {
    @ParameterizedTest
    @CsvSource({
        // t_enc = int(min(d, .999)·steps), one step more is run
        "A1111, 20, 0.75, false, 20, 16",
        "A1111, 20, 0.5, false, 20, 11",
        "A1111, 20, 0.2, false, 20, 5",
        "A1111, 20, 1, false, 20, 20",
        "A1111, 20, 0, false, 20, 1",
        "A1111, 7, 0.3, false, 7, 3",
        "A1111, 1, 1, false, 1, 1",
        // steps = int(asked/min(d, .999))
        "A1111, 20, 0.75, true, 26, 20",
        "A1111, 20, 0.7, true, 28, 20",
        "A1111, 20, 1, true, 20, 20",
        "A1111, 20, 0, true, 20, 0",
        "A1111, 15, 0.01, true, 1500, 15",
        // ComfyUI's denoise always runs what was asked for
        "COMFYUI, 20, 0.75, false, 26, 20",
        "COMFYUI, 20, 1, false, 20, 20",
        "COMFYUI, 20, 0, false, 20, 0",
        // init = min(int(n·s), n)
        "DIFFUSERS, 50, 0.8, false, 50, 40",
        "DIFFUSERS, 20, 0.03, false, 20, 0",
        "DIFFUSERS, 20, 1, false, 20, 20",
        "DIFFUSERS, 20, 0.5, true, 40, 20",
    })
    void stepsOfEachProgram(Profile profile, int steps, double strength, boolean exact, int schedule, int run) {
        assertEquals(new StepPlan(schedule, run), StepPlan.of(profile, steps, strength, exact));
    }
}
