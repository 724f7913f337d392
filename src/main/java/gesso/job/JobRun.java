package gesso.job;

import gesso.image.GeneratedPicture;
import gesso.pipeline.Engine;
import gesso.pipeline.KeptSteps;
import gesso.request.GessoException;
import gesso.request.Interrogation;
import gesso.request.Picture;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the engine says of one job into events, measures its steps, and has its pictures written. The io executor runs
 * one task at a time, so a job's last event comes after its last picture is on disk.
 */
final class JobRun implements Engine.Listener {
    private static final Logger LOG = System.getLogger(JobRun.class.getName());
    private static final double NANOS = 1e9;

    private final Job job;
    private final PictureStore store;
    private final Backlog backlog;
    private final Executor io;
    private final Consumer<JobEvent> events;
    private final long started = System.nanoTime();
    private long lastStep;
    private int timedSteps;
    private double timedSeconds;
    private final TaskPace pace = new TaskPace();
    private long moment = started;

    private @Nullable KeptSteps kept;

    // The io thread's own.
    private @Nullable Throwable saveFailure;

    JobRun(Job job, PictureStore store, Backlog backlog, Executor io, Consumer<JobEvent> events) {
        this.job = job;
        this.store = store;
        this.backlog = backlog;
        this.io = io;
        this.events = events;
    }

    @Override
    public void loading(String network) {
        lastStep = 0;
        moment = System.nanoTime();
        events.accept(new JobEvent.Loading(job, network));
    }

    @Override
    public void step(Engine.Step step) {
        long now = System.nanoTime();
        // The first step of a picture is measured from nothing that is known, so it is left out.
        if (lastStep != 0 && step.index() > 1) {
            timedSeconds += (now - lastStep) / NANOS;
            timedSteps++;
        }
        double perStep = timedSteps > 0 ? timedSeconds / timedSteps : (now - started) / NANOS;
        long stepsLeft = (step.total() - step.index()) + (long) (step.pictures() - 1 - step.picture()) * step.total();
        events.accept(new JobEvent.Step(
                job,
                step.picture(),
                step.pictures(),
                step.index(),
                step.total(),
                step.sigma(),
                step.preview().get(),
                perStep,
                perStep * stepsLeft));
        lastStep = System.nanoTime();
        moment = lastStep;
    }

    @Override
    public void decoding(int picture) {
        events.accept(new JobEvent.Decoding(job, picture));
    }

    @Override
    public void picture(GeneratedPicture picture) {
        events.accept(new JobEvent.Saving(job, picture));
        io.execute(() -> save(picture));
    }

    @Override
    public void progress(String task, int done, int total) {
        long now = System.nanoTime();
        double left = pace.secondsLeft(task, done, total, moment, now);
        moment = now;
        events.accept(new JobEvent.Progress(job, task, done, total, left));
    }

    void upscaled(Picture picture) {
        events.accept(new JobEvent.Upscaled(job, picture));
    }

    void drawn(Picture picture) {
        events.accept(new JobEvent.Drawn(job, picture));
    }

    void interrogated(Interrogation words) {
        events.accept(new JobEvent.Interrogated(job, words));
    }

    /** Read once, after all that was said to be kept is kept. */
    @Override
    public KeptSteps kept() {
        KeptSteps known = kept;
        if (known == null) {
            known = CompletableFuture.supplyAsync(() -> backlog.steps(job), io).join();
            kept = known;
        }
        return known;
    }

    /** The next attempt goes on where this one ended. */
    void readKeptAgain() {
        kept = null;
        job.markResumed();
    }

    @Override
    public void notice(String sentence) {
        events.accept(new JobEvent.Notice(job, sentence));
    }

    private void save(GeneratedPicture picture) {
        Path file;
        try {
            file = job.isResumed() ? store.saveUnlessThere(picture) : store.save(picture);
        } catch (Throwable e) {
            saveFailure = e;
            return;
        }
        events.accept(new JobEvent.Saved(job, picture, file));
        backlog.saved(job, picture.index());
    }

    void succeeded() {
        double seconds = (System.nanoTime() - started) / NANOS;
        io.execute(() -> {
            if (saveFailure != null) {
                fail(saveFailure);
            } else {
                end(Job.State.DONE, new JobEvent.Done(job, seconds));
                if (!job.isReplaced()) {
                    backlog.ended(job);
                }
            }
        });
    }

    /** @param goesOn whether it was stopped because the program ends, not for its own sake */
    void cancelled(boolean goesOn) {
        io.execute(() -> {
            end(Job.State.CANCELLED, new JobEvent.Cancelled(job));
            if (goesOn) {
                backlog.setAside(job);
            } else {
                backlog.ended(job);
            }
        });
    }

    void failed(Throwable cause) {
        io.execute(() -> fail(cause));
    }

    private void fail(Throwable cause) {
        LOG.log(Logger.Level.WARNING, job + " failed", cause);
        end(Job.State.FAILED, new JobEvent.Failed(job, sentence(cause), cause));
        backlog.failed(job, sentence(cause));
    }

    private void end(Job.State state, JobEvent event) {
        if (job.move(Job.State.RUNNING, state)) {
            events.accept(event);
        }
    }

    static String sentence(Throwable cause) {
        if (cause instanceof GessoException known) {
            return known.sentence();
        }
        if (cause instanceof OutOfMemoryError) {
            return "There is not enough memory for this picture; try a smaller size, or close other programs.";
        }
        return "Something went wrong inside Gesso (%s); the picture was not made. Please report it with the details."
                .formatted(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
}
