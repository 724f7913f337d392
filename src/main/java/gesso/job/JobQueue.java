package gesso.job;

import gesso.pipeline.Engine;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.InterrogationRequest;
import gesso.request.Work;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    private final Supplier<Engine> engines;
    private final PictureStore store;
    private final List<Consumer<JobEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final ExecutorService io = Executors.newSingleThreadExecutor(task -> new Thread(task, "gesso-io"));
    private final Thread inference = new Thread(this::runJobs, "gesso-inference");
    private @Nullable Job running;
    private boolean closed;
    private long lastId;

    /**
     * A queue that runs at once.
     *
     * @param engines makes the engine; called on the inference thread when the first job runs, again if it failed
     */
    public JobQueue(Supplier<Engine> engines, PictureStore store) {
        this.engines = engines;
        this.store = store;
        inference.start();
    }

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
            job = new Job(++lastId, work);
            // Told before the inference thread can see the job, so that no event comes before this one.
            tell(new JobEvent.Queued(job));
            waiting.addLast(job);
            waiting.notifyAll();
        }
        return job;
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

    /** Stops the running job, drops those that wait, and returns when the engine is closed and all pictures are written. */
    @Override
    public void close() {
        List<Job> dropped;
        Job stopped;
        synchronized (waiting) {
            closed = true;
            dropped = new ArrayList<>(waiting);
            waiting.clear();
            stopped = running;
            waiting.notifyAll();
        }
        dropped.forEach(this::drop);
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

    private void drop(Job job) {
        if (job.move(Job.State.QUEUED, Job.State.CANCELLED)) {
            tell(new JobEvent.Cancelled(job));
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
            while (waiting.isEmpty() && !closed) {
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
        JobRun run = new JobRun(job, store, io, this::tell);
        Engine used = engine;
        try {
            if (used == null) {
                used = engines.get();
            }
            job.token().check();
            perform(job, used, run);
            run.succeeded();
        } catch (Cancelled e) {
            run.cancelled();
        } catch (Throwable e) {
            // Whatever it is, out of memory included, the job ends with a sentence and the queue goes on.
            run.failed(e);
        }
        return used;
    }

    private static void perform(Job job, Engine engine, JobRun run) {
        if (job.work() instanceof GenerationRequest request) {
            engine.generate(request, job.token(), run);
        } else if (job.work() instanceof InterrogationRequest request) {
            run.interrogated(engine.interrogate(request, job.token(), run));
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
