package gesso.job;

import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Work;

/** One piece of work on its way through the queue. */
public final class Job {
    /** Where a job is; it only ever moves forward. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    private final long id;
    private final Work work;
    private final CancelToken token = new CancelToken();
    private volatile State state = State.QUEUED;
    private volatile boolean resumed;
    private volatile boolean replaced;

    Job(long id, Work work) {
        this.id = id;
        this.work = work;
    }

    public long id() {
        return id;
    }

    /** What is to be done. */
    public Work work() {
        return work;
    }

    /** Whether it makes pictures of a request. */
    public boolean generates() {
        return work instanceof GenerationRequest;
    }

    /** The request of a job that {@link #generates}. */
    public GenerationRequest request() {
        return (GenerationRequest) work;
    }

    public State state() {
        return state;
    }

    /** Whether it was begun before: its first picture may be on disk without its being known. */
    boolean isResumed() {
        return resumed;
    }

    void markResumed() {
        resumed = true;
    }

    /** Whether another job of the same number goes on with what this one made. */
    boolean isReplaced() {
        return replaced;
    }

    void markReplaced() {
        replaced = true;
    }

    CancelToken token() {
        return token;
    }

    /** Moves on if it still is where the caller believes it to be. */
    synchronized boolean move(State from, State to) {
        if (state != from) {
            return false;
        }
        state = to;
        return true;
    }

    @Override
    public String toString() {
        return "Job " + id + " (" + state() + ")";
    }
}
