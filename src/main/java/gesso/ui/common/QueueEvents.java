package gesso.ui.common;

import gesso.job.JobEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;

/**
 * Brings the queue's events to the FX thread, in order. While the FX thread is busy, of steps that follow one another only
 * the newest is kept, and at most one call is pending: a slow screen never slows the engine, nor piles up pictures.
 */
public final class QueueEvents implements Consumer<JobEvent> {
    private final Consumer<JobEvent> receiver;
    private final Deque<JobEvent> waiting = new ArrayDeque<>();
    private boolean pending;

    /** @param receiver called on the FX thread */
    public QueueEvents(Consumer<JobEvent> receiver) {
        this.receiver = receiver;
    }

    @Override
    public void accept(JobEvent event) {
        boolean call;
        synchronized (waiting) {
            if (event instanceof JobEvent.Step && waiting.peekLast() instanceof JobEvent.Step) {
                waiting.removeLast();
            }
            waiting.addLast(event);
            call = !pending;
            pending = true;
        }
        if (call) {
            Platform.runLater(this::deliver);
        }
    }

    private void deliver() {
        List<JobEvent> events;
        synchronized (waiting) {
            events = new ArrayList<>(waiting);
            waiting.clear();
            pending = false;
        }
        events.forEach(receiver);
    }
}
