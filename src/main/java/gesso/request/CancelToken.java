package gesso.request;

import java.util.ArrayList;
import java.util.List;

/** Tells running work to stop. Set once, from any thread; the work asks with {@link #check}, or is told by a listener. */
public final class CancelToken {
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean cancelled;

    /** Asks the work to stop. Listeners run on this thread, once; they must be quick, and take no listener off themselves. */
    public void cancel() {
        synchronized (listeners) {
            if (!cancelled) {
                cancelled = true;
                listeners.forEach(Runnable::run);
                listeners.clear();
            }
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Stops the caller if somebody asked for it.
     *
     * @throws Cancelled then
     */
    public void check() {
        if (cancelled) {
            throw new Cancelled();
        }
    }

    /**
     * Runs {@code action} when the token is cancelled, or at once if it already is. Closing the result takes the listener
     * off again; once that returned, the action is over or will never start.
     */
    public Registration onCancel(Runnable action) {
        boolean now;
        synchronized (listeners) {
            now = cancelled;
            if (!now) {
                listeners.add(action);
            }
        }
        if (now) {
            action.run();
        }
        return () -> {
            synchronized (listeners) {
                listeners.remove(action);
            }
        };
    }

    /** A listener that can be taken off. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
