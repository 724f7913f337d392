package gesso.ui.queue;

import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.request.GenerationRequest;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.UpscaleRequest;
import gesso.request.Work;
import gesso.ui.common.Setting;
import gesso.ui.queue.Progress.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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
    private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper(this, "paused");
    private final ReadOnlyObjectWrapper<@Nullable GenerationRequest> last = new ReadOnlyObjectWrapper<>(this, "last");
    private final ObservableList<Work> dropped = FXCollections.observableArrayList();
    private final ObservableList<Work> droppedForReading = FXCollections.unmodifiableObservableList(dropped);

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

    /** Whether those that wait go on waiting. */
    public ReadOnlyBooleanProperty pausedProperty() {
        return paused.getReadOnlyProperty();
    }

    /** The request that was begun last, for {@link #repeat()}. */
    public ReadOnlyObjectProperty<@Nullable GenerationRequest> lastProperty() {
        return last.getReadOnlyProperty();
    }

    /** What {@link #empty} or {@link #cancelAll} took off the queue and {@link #undoEmpty} would put back. */
    public ObservableList<Work> dropped() {
        return droppedForReading;
    }

    /** What is to be remembered: the measured pace of the models. */
    public Setting memory() {
        return pace.kept();
    }

    /** Seconds for a request by the steps measured so far; NaN where nothing is known. */
    public double expectedSeconds(GenerationRequest request) {
        return pace.expected(request);
    }

    /** The same for so many steps. */
    public double expectedSeconds(Path model, Size size, int steps) {
        return pace.expected(model, size, steps);
    }

    public void submit(Work work) {
        queue.submit(work);
    }

    /** Begins none of those that wait until {@link #resume}. */
    public void pause() {
        queue.pause();
        follow();
    }

    public void resume() {
        queue.resume();
        follow();
    }

    /** Pauses, or goes on. */
    public void togglePause() {
        if (paused.get()) {
            resume();
        } else {
            pause();
        }
    }

    /** The same once more, with another seed; what is made larger is the same every time. */
    public void repeat(JobCard card) {
        GenerationRequest request = card.generation();
        if (request != null) {
            repeat(request);
        }
    }

    /** The last one once more, with another seed. */
    public void repeat() {
        GenerationRequest request = last.get();
        if (request != null) {
            repeat(request);
        }
    }

    private void repeat(GenerationRequest request) {
        submit(request.withSeeds(request.seeds().withSeed(SeedSettings.RANDOM)));
    }

    /** Goes on with a changed request in the place of one that runs or waits. */
    public void replace(JobCard card, GenerationRequest changed) {
        queue.replace(card.job(), changed);
    }

    /** A job that failed is tried once more, from the steps that were kept. */
    public void retry(JobCard card) {
        cards.remove(card);
        queue.retry(card.job());
    }

    /** Moves one that waits so many places towards the front (below 0) or the end. */
    public void moveBy(JobCard card, int places) {
        List<JobCard> waiting = waiting();
        int place = waiting.indexOf(card) + places;
        if (waiting.contains(card) && place >= 0 && place < waiting.size()) {
            move(card, waiting.get(place));
        }
    }

    /** Moves one that waits to the place of another that waits. */
    public void move(JobCard card, JobCard target) {
        List<Job> order = queue.waiting();
        int place = order.indexOf(target.job());
        if (place >= 0 && order.contains(card.job())) {
            queue.move(card.job(), place);
            List<Job> now = queue.waiting();
            List<JobCard> sorted = new ArrayList<>(cards);
            // Stable: those that run or have failed stay in front of those that wait.
            sorted.sort(Comparator.comparingInt(c -> now.indexOf(c.job())));
            cards.setAll(sorted);
            running.set(runningCard());
        }
    }

    private List<JobCard> waiting() {
        return cards.stream()
                .filter(card -> card.progress().phase() == Phase.WAITING)
                .toList();
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
        drop(queue.waiting().stream().filter(QueueModel::shows).toList());
    }

    /** Takes all that wait off the queue, and stops the one that runs. */
    public void cancelAll() {
        List<Job> all = new ArrayList<>();
        JobCard now = running.get();
        if (now != null && now.progress().phase() != Phase.WAITING) {
            all.add(now.job());
            now.set(now.progress().in(Phase.STOPPING));
        }
        queue.waiting().stream().filter(QueueModel::shows).forEach(all::add);
        drop(all);
    }

    private void drop(List<Job> jobs) {
        if (!jobs.isEmpty()) {
            dropped.setAll(jobs.stream().map(Job::work).toList());
            // The last ones first, so that none of them begins because another has ended.
            for (int i = jobs.size() - 1; i >= 0; i--) {
                queue.cancel(jobs.get(i));
            }
        }
    }

    public void undoEmpty() {
        List<Work> back = List.copyOf(dropped);
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

    /** Whether there is a card for it: what a picture shows, or a ControlNet sees, is told elsewhere. */
    public static boolean shows(Job job) {
        return job.generates() || job.work() instanceof UpscaleRequest;
    }

    /** Follows the queue. */
    public void accept(JobEvent event) {
        if (event instanceof JobEvent.Queued queued) {
            cards.add(new JobCard(queued.job()));
        } else {
            cards.stream().filter(card -> card.job() == event.job()).findFirst().ifPresent(card -> follow(card, event));
        }
        follow();
    }

    private void follow() {
        paused.set(queue.isPaused());
        running.set(runningCard());
    }

    private void follow(JobCard card, JobEvent event) {
        if (event instanceof JobEvent.Loading || event instanceof JobEvent.Step) {
            last.set(card.generation());
        }
        if (event instanceof JobEvent.Loading loading) {
            card.goesOn(card.progress().loading(loading.network()));
        } else if (event instanceof JobEvent.Step step) {
            pace.measured(step);
            card.goesOn(stepping(step));
        } else if (event instanceof JobEvent.Progress progress) {
            card.goesOn(card.progress().working(progress.task(), progress.done(), progress.total()));
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

    /** The newest that has begun; else, unless the queue is paused, the next to begin, as soon as the engine is there. */
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
        return begun != null || paused.get() ? begun : next;
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
