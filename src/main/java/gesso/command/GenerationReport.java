package gesso.command;

import gesso.image.GeneratedPicture;
import gesso.job.JobEvent;
import gesso.library.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the terminal what becomes of one job after another, and when each is over the exit code. Hears the queue on its threads. */
final class GenerationReport implements Consumer<JobEvent> {
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private final boolean json;
    private final Progress progress;
    private final Supplier<OptionalLong> peakMemory;
    private volatile CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private volatile @Nullable GeneratedPicture last;
    private final Map<GeneratedPicture, Double> seconds = new java.util.concurrent.ConcurrentHashMap<>();

    private volatile String device = "";
    private volatile double secondsPerStep;
    private long pictureStarted = System.nanoTime();

    GenerationReport(Terminal terminal, boolean json, boolean quiet, Supplier<OptionalLong> peakMemory) {
        this.terminal = terminal;
        this.json = json;
        this.peakMemory = peakMemory;
        this.progress = new Progress(terminal, !quiet);
    }

    /** The device that was chosen. */
    void device(String id) {
        device = id;
    }

    /** Another job is about to be told of. */
    void begin() {
        exitCode = new CompletableFuture<>();
        last = null;
    }

    /** The picture that the job saved last; null: none. */
    @Nullable
    GeneratedPicture last() {
        return last;
    }

    /** Waits for the job's end. @return the process's exit code */
    int await() {
        return exitCode.join();
    }

    @Override
    public void accept(JobEvent event) {
        if (event instanceof JobEvent.Step step) {
            secondsPerStep = step.secondsPerStep();
        } else if (event instanceof JobEvent.Saving saving) {
            long now = System.nanoTime();
            seconds.put(saving.picture(), (now - pictureStarted) / NANOS);
            pictureStarted = now;
        }
        progress.show(event);
        if (event instanceof JobEvent.Saved saved) {
            last = saved.picture();
            terminal.print(
                    json ? line(saved.picture(), saved.file()) : saved.file().toString());
        } else if (event instanceof JobEvent.Notice notice) {
            terminal.say(notice.sentence());
        } else if (event instanceof JobEvent.Failed failed) {
            terminal.say(failed.sentence());
            exitCode.complete(ExitCode.of(failed.cause()));
        } else if (event instanceof JobEvent.Cancelled) {
            terminal.say("Cancelled.");
            exitCode.complete(ExitCode.CANCELLED);
        } else if (event instanceof JobEvent.Done) {
            exitCode.complete(ExitCode.DONE);
        }
    }

    private String line(GeneratedPicture made, Path file) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("path", file.toString());
        line.put("seed", made.request().seeds().seed());
        line.put("size", made.picture().size().toString());
        line.put("seconds", thousandths(seconds.getOrDefault(made, 0.0)));
        line.put("steps_per_second", secondsPerStep > 0 ? thousandths(1 / secondsPerStep) : 0);
        line.put("device", device);
        peakMemory.get().ifPresent(bytes -> line.put("peak_memory", bytes));
        return Json.line(line);
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
