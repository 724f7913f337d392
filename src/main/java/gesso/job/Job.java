package gesso.job;

import gesso.request.CancelToken;
import gesso.request.GenerationRequest;

/** One request on its way through the queue. */
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
    private final GenerationRequest request;
    private final CancelToken token = new CancelToken();
    private volatile State state = State.QUEUED;

    Job(long id, GenerationRequest request) {
        this.id = id;
        this.request = request;
    }

    public long id() {
        return id;
    }

    public GenerationRequest request() {
        return request;
    }

    public State state() {
        return state;
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
