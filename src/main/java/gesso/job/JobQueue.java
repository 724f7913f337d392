package gesso.job;

import gesso.pipeline.Engine;
import gesso.request.Cancelled;
import gesso.request.DeviceTrouble;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.InterrogationRequest;
import gesso.request.PreprocessRequest;
import gesso.request.UpscaleRequest;
import gesso.request.Work;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs one after another on the inference thread; pictures are written by an io thread while the next is made.
 * All methods may be called from any thread and none waits for work, except {@link #close}.
 */
public final class JobQueue implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JobQueue.class.getName());

    /** A job that was cut off so often waits for the user: it may be what ended the program. */
    private static final int MOST_STARTS = 2;

    private final Engines engines;
    private final PictureStore store;
    private final Backlog backlog;
    private final List<Consumer<JobEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final ExecutorService io = Executors.newSingleThreadExecutor(task -> new Thread(task, "gesso-io"));
    private final Thread inference = new Thread(this::runJobs, "gesso-inference");
    private @Nullable Job running;
    private boolean paused;
    private boolean closed;
    private long lastId;

    /**
     * A queue that runs at once, and is gone with the program.
     *
     * @param engines makes the engine; called on the inference thread when the first job runs, again if it failed
     */
    public JobQueue(Supplier<Engine> engines, PictureStore store) {
        this(new Engines(engines, null), store, null);
    }

    /**
     * A queue that is kept on disk, and runs at once; {@link #restore} brings back what is there from before.
     *
     * @param folder is made with the first job
     */
    public JobQueue(Engines engines, PictureStore store, @Nullable Path folder) {
        this.engines = engines;
        this.store = store;
        QueueFolder kept = folder == null ? null : new QueueFolder(folder, this::later);
        backlog = kept == null ? Backlog.NONE : kept;
        lastId = kept == null ? 0 : kept.lastId();
        inference.start();
    }

    /**
     * What makes engines.
     *
     * @param usual on the device that was chosen
     * @param careful one that does with less, on the CPU; a job that the device failed on is tried once more with it; null: none
     */
    public record Engines(Supplier<Engine> usual, @Nullable Supplier<Engine> careful) {}

    public void addListener(Consumer<JobEvent> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<JobEvent> listener) {
        listeners.remove(listener);
    }

    /** Puts work at the end of the queue. */
    public Job submit(Work work) {
        Job job;
        synchronized (waiting) {
            if (closed) {
                throw new IllegalStateException("The queue is closed.");
            }
            job = new Job(++lastId, drawn(work));
            keep(job);
            enqueue(job);
        }
        return job;
    }

    /** Calls back, on the io thread, when all that was asked of the queue until now is on disk. */
    public void whenKept(Runnable action) {
        later(action);
    }

    /** What would come too late to be of use after a crash is not kept. */
    private void keep(Job job) {
        if (job.work() instanceof GenerationRequest) {
            later(() -> backlog.added(job));
        }
    }

    /** Seeds that are to be drawn are drawn now: a job that goes on after a crash goes on with the same. */
    private Work drawn(Work work) {
        return backlog != Backlog.NONE && work instanceof GenerationRequest request
                ? request.withSeeds(request.seeds().drawn(new SecureRandom()))
                : work;
    }

    private void enqueue(Job job) {
        // Told before the inference thread can see the job, so that no event comes before this one.
        tell(new JobEvent.Queued(job));
        waiting.addLast(job);
        waiting.notifyAll();
    }

    /**
     * Brings back the jobs that were waiting, being done, or had failed when the program ended; listeners hear of them as of
     * new ones.
     *
     * @param notices is told, on the io thread, a sentence for each job that cannot be read any more
     */
    public void restore(Consumer<String> notices) {
        if (!(backlog instanceof QueueFolder folder)) {
            return;
        }
        later(() -> {
            List<String> unread = new ArrayList<>();
            QueueFolder.Content content = folder.load(unread);
            synchronized (waiting) {
                paused |= content.paused();
            }
            content.jobs().forEach(this::restore);
            unread.forEach(notices);
        });
    }

    private void restore(QueueFolder.Kept kept) {
        Job job = new Job(kept.id(), kept.work());
        String failure = kept.starts() < MOST_STARTS
                ? kept.failure()
                : "Gesso ended %d times while this was being made. Try it once more, smaller if it is large, or delete it."
                        .formatted(kept.starts());
        if (failure == null) {
            if (kept.starts() > 0) {
                job.markResumed();
            }
            synchronized (waiting) {
                enqueue(job);
            }
            return;
        }
        tell(new JobEvent.Queued(job));
        if (job.move(Job.State.QUEUED, Job.State.FAILED)) {
            tell(new JobEvent.Failed(job, failure, new GessoException(failure)));
        }
    }

    /** The jobs that wait, first to run first. */
    public List<Job> waiting() {
        synchronized (waiting) {
            return new ArrayList<>(waiting);
        }
    }

    public @Nullable Job running() {
        synchronized (waiting) {
            return running;
        }
    }

    /** Begins no further job until {@link #resume}; the one that runs goes on. */
    public void pause() {
        synchronized (waiting) {
            paused = true;
            keepOrder();
        }
    }

    public void resume() {
        synchronized (waiting) {
            paused = false;
            waiting.notifyAll();
            keepOrder();
        }
    }

    public boolean isPaused() {
        synchronized (waiting) {
            return paused;
        }
    }

    /** Moves a waiting job to another place among those that wait, from 0; one that waits no more stays where it is. */
    public void move(Job job, int place) {
        synchronized (waiting) {
            if (!waiting.remove(job)) {
                return;
            }
            List<Job> order = new ArrayList<>(waiting);
            order.add(Math.max(0, Math.min(place, order.size())), job);
            waiting.clear();
            waiting.addAll(order);
            keepOrder();
        }
    }

    private void keepOrder() {
        List<Job> order = new ArrayList<>(waiting);
        if (running != null) {
            order.add(0, running);
        }
        boolean stopped = paused;
        later(() -> backlog.ordered(order, stopped));
    }

    /** Tries a job that failed once more, from its kept steps, at the end of the queue. */
    public Job retry(Job failed) {
        Job again = new Job(failed.id(), failed.work());
        again.markResumed();
        synchronized (waiting) {
            keep(again);
            enqueue(again);
        }
        return again;
    }

    /**
     * Goes on with a changed request in the place of a job that waits or runs: what is kept of its steps and its finished
     * pictures serves the new one. This is how a running picture is steered: with a {@link gesso.request.Turn} after the step
     * that it has reached.
     *
     * @return the new job, first in the queue; the old one where it is over already
     */
    public Job replace(Job job, GenerationRequest changed) {
        Job next = new Job(job.id(), changed);
        synchronized (waiting) {
            if (!waiting.remove(job) && running != job) {
                return job;
            }
            job.markReplaced();
            next.markResumed();
            keep(next);
            tell(new JobEvent.Queued(next));
            waiting.addFirst(next);
            waiting.notifyAll();
        }
        if (job.move(Job.State.QUEUED, Job.State.CANCELLED)) {
            tell(new JobEvent.Cancelled(job));
        } else {
            job.token().cancel();
        }
        return next;
    }

    /** Lets a job that failed go for good. */
    public void forget(Job failed) {
        later(() -> backlog.ended(failed));
    }

    /** Stops a job, or takes it off the queue; one that is over stays as it is. */
    public void cancel(Job job) {
        boolean wasWaiting;
        synchronized (waiting) {
            wasWaiting = waiting.remove(job);
        }
        if (wasWaiting) {
            drop(job);
        } else {
            job.token().cancel();
        }
    }

    private void drop(Job job) {
        if (job.move(Job.State.QUEUED, Job.State.CANCELLED)) {
            later(() -> backlog.ended(job));
            tell(new JobEvent.Cancelled(job));
        }
    }

    /**
     * Stops the running job and returns when the engine is closed and all pictures are written. Jobs that are not done stay on
     * disk where the queue is kept there; else they are cancelled.
     */
    @Override
    public void close() {
        List<Job> left;
        Job stopped;
        synchronized (waiting) {
            closed = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
            stopped = running;
            waiting.notifyAll();
        }
        left.forEach(this::leave);
        if (stopped != null) {
            stopped.token().cancel();
        }
        boolean interrupted = false;
        while (inference.isAlive()) {
            try {
                inference.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave(Job job) {
        if (backlog == Backlog.NONE) {
            drop(job);
        }
    }

    private boolean isClosed() {
        synchronized (waiting) {
            return closed;
        }
    }

    private void runJobs() {
        Engine engine = null;
        try {
            for (Job job = next(); job != null; job = next()) {
                engine = run(engine, job);
                synchronized (waiting) {
                    running = null;
                }
            }
        } finally {
            if (engine != null) {
                engine.close();
            }
            awaitIo();
        }
    }

    /** The next job, when there is one; null when the queue is closed. */
    private @Nullable Job next() {
        synchronized (waiting) {
            while ((waiting.isEmpty() || paused) && !closed) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    return null;
                }
            }
            running = waiting.pollFirst();
            return running;
        }
    }

    /** Runs one job to its end, whatever that is, and gives the engine back, which may have been made for it. */
    private @Nullable Engine run(@Nullable Engine engine, Job job) {
        if (!job.move(Job.State.QUEUED, Job.State.RUNNING)) {
            return engine;
        }
        later(() -> backlog.started(job));
        JobRun run = new JobRun(job, store, backlog, this::later, this::tell);
        Engine used = engine;
        try {
            if (used == null) {
                used = engines.usual().get();
            }
            job.token().check();
            perform(job.work(), job, used, run);
            run.succeeded();
        } catch (Cancelled e) {
            run.cancelled(isClosed() || job.isReplaced());
        } catch (DeviceTrouble | OutOfMemoryError e) {
            return tryCarefully(used, job, run, e);
        } catch (Throwable e) {
            // Whatever it is, the job ends with a sentence and the queue goes on.
            run.failed(e);
        }
        return used;
    }

    /** Once more in a way that is likely to work. The next job begins with the usual engine again. */
    private @Nullable Engine tryCarefully(@Nullable Engine failed, Job job, JobRun run, Throwable trouble) {
        Supplier<Engine> careful = engines.careful();
        if (careful == null) {
            run.failed(trouble);
            return failed;
        }
        try {
            if (failed != null) {
                failed.close();
            }
            run.readKeptAgain();
            run.notice("%s It is tried once more on the CPU, in parts.".formatted(JobRun.sentence(trouble)));
            try (Engine other = careful.get()) {
                perform(inParts(job.work()), job, other, run);
            }
            run.succeeded();
        } catch (Cancelled e) {
            run.cancelled(isClosed() || job.isReplaced());
        } catch (Throwable e) {
            run.failed(e);
        }
        return null;
    }

    /** What needs the least memory. */
    private static Work inParts(Work work) {
        return work instanceof GenerationRequest request ? request.edit(e -> e.vaeTiling(true)) : work;
    }

    private static void perform(Work work, Job job, Engine engine, JobRun run) {
        if (work instanceof GenerationRequest request) {
            engine.generate(request, job.token(), run);
        } else if (work instanceof InterrogationRequest request) {
            run.interrogated(engine.interrogate(request, job.token(), run));
        } else if (work instanceof UpscaleRequest request) {
            run.upscaled(engine.upscale(request, job.token(), run));
        } else if (job.work() instanceof PreprocessRequest request) {
            run.drawn(engine.preprocess(request, job.token(), run));
        }
    }

    /** On the io thread. What cannot be kept is told once, and the work goes on without. */
    private void later(Runnable task) {
        try {
            io.execute(() -> {
                try {
                    task.run();
                } catch (GessoException e) {
                    LOG.log(Logger.Level.WARNING, e.sentence(), e);
                    Job job = running();
                    if (job != null) {
                        tell(new JobEvent.Notice(job, e.sentence()));
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Logger.Level.DEBUG, "The queue is closed.", e);
        }
    }

    private void awaitIo() {
        io.shutdown();
        try {
            if (!io.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.log(Logger.Level.WARNING, "Pictures were still being written when the queue closed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A listener's fault is logged: it must not stop the job, nor keep the other listeners from hearing. */
    private void tell(JobEvent event) {
        for (Consumer<JobEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.log(Logger.Level.ERROR, "A listener failed on " + event, e);
            }
        }
    }
}
