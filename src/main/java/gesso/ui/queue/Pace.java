package gesso.ui.queue;

import gesso.job.JobEvent;
import gesso.request.GenerationRequest;
import gesso.request.Size;
import gesso.ui.common.TextSetting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a step costs on this machine, by model, from the steps that were measured; remembered between sessions. */
final class Pace {
    /** The first steps of a job are not yet measured by themselves. */
    private static final int TRUSTED_STEP = 3;

    private static final String BETWEEN = "\t";

    private final Map<Path, Double> secondsPerPixel = new HashMap<>();
    private final TextSetting kept = new TextSetting("pace");
    private boolean writing;

    Pace() {
        kept.onChange(this::read);
    }

    /** A line for each model: its seconds for a pixel's step, and its file. */
    TextSetting kept() {
        return kept;
    }

    void measured(JobEvent.Step step) {
        if (step.step() >= TRUSTED_STEP) {
            GenerationRequest request = step.job().request();
            secondsPerPixel.put(request.model(), step.secondsPerStep() / pixels(request.size()));
            if (step.step() == step.steps()) {
                write();
            }
        }
    }

    /** Seconds for all of the request's steps; NaN where the model has not run yet. */
    double expected(GenerationRequest request) {
        return expected(request.model(), request.size(), request.sampling().steps() * request.pictures());
    }

    double expected(Path model, Size size, int steps) {
        return secondsPerPixel.getOrDefault(model, Double.NaN) * pixels(size) * steps;
    }

    private void write() {
        writing = true;
        kept.set(secondsPerPixel.entrySet().stream()
                .map(pace -> pace.getValue() + BETWEEN + pace.getKey())
                .collect(Collectors.joining("\n")));
        writing = false;
    }

    /** A line that makes no sense is one that is not there. */
    private void read() {
        if (writing) {
            return;
        }
        kept.get()
                .lines()
                .map(line -> line.split(BETWEEN, 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> {
                    double seconds = number(parts[0]);
                    if (seconds > 0) {
                        secondsPerPixel.put(Path.of(parts[1]), seconds);
                    }
                });
    }

    private static double number(String written) {
        try {
            return Double.parseDouble(written);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double pixels(Size size) {
        return (double) size.width() * size.height();
    }
}
