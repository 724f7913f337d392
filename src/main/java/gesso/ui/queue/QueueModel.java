package gesso.ui.queue;

import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.request.GenerationRequest;
import gesso.ui.queue.Progress.Phase;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The jobs that wait, the one that runs, those that failed, and what the engine had to say. On the FX thread. */
public final class QueueModel {
    private final JobQueue queue;
    private final Pace pace = new Pace();
    private final ObservableList<JobCard> cards = FXCollections.observableArrayList();
    private final ObservableList<JobCard> cardsForReading = FXCollections.unmodifiableObservableList(cards);
    private final ObservableList<String> notices = FXCollections.observableArrayList();
    private final ObservableList<String> noticesForReading = FXCollections.unmodifiableObservableList(notices);
    private final ReadOnlyObjectWrapper<@Nullable JobCard> running = new ReadOnlyObjectWrapper<>(this, "running");
    private final ObservableList<GenerationRequest> dropped = FXCollections.observableArrayList();
    private final ObservableList<GenerationRequest> droppedForReading =
            FXCollections.unmodifiableObservableList(dropped);

    public QueueModel(JobQueue queue) {
        this.queue = queue;
    }

    /** In the order they run; failed ones stay until they are dismissed. */
    public ObservableList<JobCard> cards() {
        return cardsForReading;
    }

    /** Sentences that are no failures, newest last, until they are dismissed. */
    public ObservableList<String> notices() {
        return noticesForReading;
    }

    public ReadOnlyObjectProperty<@Nullable JobCard> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** What {@link #empty} took off the queue and {@link #undoEmpty} would put back. */
    public ObservableList<GenerationRequest> dropped() {
        return droppedForReading;
    }

    /** Seconds for a request by the steps measured so far; NaN where nothing is known. */
    public double expectedSeconds(GenerationRequest request) {
        return pace.expected(request);
    }

    public void submit(GenerationRequest request) {
        queue.submit(request);
    }

    public void cancelRunning() {
        JobCard now = running.get();
        if (now != null) {
            cancel(now);
        }
    }

    public void cancel(JobCard card) {
        if (card.progress().phase() != Phase.WAITING) {
            card.set(card.progress().in(Phase.STOPPING));
        }
        queue.cancel(card.job());
    }

    /** Takes all that wait off the queue. */
    public void empty() {
        List<Job> waiting = queue.waiting().stream().filter(Job::generates).toList();
        if (!waiting.isEmpty()) {
            dropped.setAll(waiting.stream().map(Job::request).toList());
            waiting.forEach(queue::cancel);
        }
    }

    public void undoEmpty() {
        List<GenerationRequest> back = List.copyOf(dropped);
        dropped.clear();
        back.forEach(queue::submit);
    }

    public void forgetDropped() {
        dropped.clear();
    }

    /** Lets a job that failed go. */
    public void dismiss(JobCard card) {
        cards.remove(card);
        queue.forget(card.job());
    }

    /** Something to be said that concerns no single job. */
    public void addNotice(String sentence) {
        if (!notices.contains(sentence)) {
            notices.add(sentence);
        }
    }

    public void dismissNotice(String sentence) {
        notices.remove(sentence);
    }

    /** Follows the queue. */
    public void accept(JobEvent event) {
        if (event instanceof JobEvent.Queued queued) {
            cards.add(new JobCard(queued.job()));
        } else {
            cards.stream().filter(card -> card.job() == event.job()).findFirst().ifPresent(card -> follow(card, event));
        }
        running.set(runningCard());
    }

    private void follow(JobCard card, JobEvent event) {
        if (event instanceof JobEvent.Loading loading) {
            card.goesOn(card.progress().loading(loading.network()));
        } else if (event instanceof JobEvent.Step step) {
            pace.measured(step);
            card.goesOn(stepping(step));
        } else if (event instanceof JobEvent.Decoding) {
            card.goesOn(card.progress().in(Phase.DECODING));
        } else if (event instanceof JobEvent.Saving) {
            card.goesOn(card.progress().in(Phase.SAVING));
        } else if (event instanceof JobEvent.Notice notice) {
            addNotice(notice.sentence());
        } else if (event instanceof JobEvent.Failed failed) {
            card.failed(failed.sentence(), failed.details());
        } else if (event instanceof JobEvent.Done || event instanceof JobEvent.Cancelled) {
            cards.remove(card);
        }
    }

    /** The newest that has begun; else the next to begin, which it does as soon as the engine is there. */
    private @Nullable JobCard runningCard() {
        JobCard next = null;
        JobCard begun = null;
        for (JobCard card : cards) {
            switch (card.progress().phase()) {
                case FAILED -> {}
                case WAITING -> next = next == null ? card : next;
                default -> begun = card;
            }
        }
        return begun != null ? begun : next;
    }

    private static Progress stepping(JobEvent.Step step) {
        return new Progress(
                Phase.STEPPING,
                "",
                step.picture(),
                step.pictures(),
                step.step(),
                step.steps(),
                step.secondsPerStep(),
                step.secondsLeft());
    }
}
