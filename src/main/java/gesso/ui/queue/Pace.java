package gesso.ui.queue;

import gesso.job.JobEvent;
import gesso.request.GenerationRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a step costs on this machine, by model, from the steps that were measured. */
final class Pace {
    /** The first steps of a job are not yet measured by themselves. */
    private static final int TRUSTED_STEP = 3;

    private final Map<Path, Double> secondsPerPixel = new HashMap<>();

    void measured(JobEvent.Step step) {
        if (step.step() >= TRUSTED_STEP) {
            GenerationRequest request = step.job().request();
            secondsPerPixel.put(request.model(), step.secondsPerStep() / pixels(request));
        }
    }

    /** Seconds for all of the request's steps; NaN where the model has not run yet. */
    double expected(GenerationRequest request) {
        return secondsPerPixel.getOrDefault(request.model(), Double.NaN)
                * pixels(request)
                * request.sampling().steps()
                * request.pictures();
    }

    private static double pixels(GenerationRequest request) {
        return (double) request.size().width() * request.size().height();
    }
}
