package gesso.ui.interrogate;

import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.request.GessoException;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.PromptWord;
import gesso.request.WordGroup;
import gesso.ui.common.Background;
import gesso.ui.common.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * A picture being turned into words, and the words, to be reviewed: nothing of them is in the prompt before the user says so.
 * On the FX thread.
 */
public final class InterrogateModel {
    /** How far it is. */
    public enum Phase {
        /** Nothing was asked. */
        NONE,
        WORKING,
        /** The words are there. */
        FOUND,
        FAILED
    }

    private final JobQueue queue;
    private final Background background;
    private final Supplier<Interrogator> by;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(this, "phase", Phase.NONE);
    private final ReadOnlyStringWrapper task = new ReadOnlyStringWrapper(this, "task", "");
    private final ReadOnlyDoubleWrapper part = new ReadOnlyDoubleWrapper(this, "part", -1);
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final ObservableList<Chip> chips = FXCollections.observableArrayList(
            chip -> new javafx.beans.Observable[] {chip.onProperty(), chip.weightProperty()});
    private final ObservableList<Chip> chipsForReading = FXCollections.unmodifiableObservableList(chips);
    private final ObservableList<String> notices = FXCollections.observableArrayList();
    private @Nullable Job job;
    private int asked;

    /** @param by chooses what turns pictures into words; in the background */
    public InterrogateModel(JobQueue queue, Background background, Supplier<Interrogator> by) {
        this.queue = queue;
        this.background = background;
        this.by = by;
    }

    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    /** What is being done, while {@link Phase#WORKING}. */
    public ReadOnlyStringProperty taskProperty() {
        return task.getReadOnlyProperty();
    }

    /** How much of it is done, 0–1; −1 where that is not known. */
    public ReadOnlyDoubleProperty partProperty() {
        return part.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** In the order in which the prompt says them; told of, too, when one is switched or weighed. */
    public ObservableList<Chip> chips() {
        return chipsForReading;
    }

    /** What is to be read beside the words. */
    public ObservableList<String> notices() {
        return notices;
    }

    /** Asks what a picture shows. One that was asked before is forgotten. */
    public void ask(Picture picture) {
        close();
        phase.set(Phase.WORKING);
        int now = asked;
        background.run(
                by,
                chosen -> {
                    if (now == asked) {
                        job = queue.submit(new InterrogationRequest(picture, chosen));
                    }
                },
                e -> {
                    if (now == asked) {
                        failed(e instanceof GessoException known ? known.sentence() : String.valueOf(e));
                    }
                });
    }

    /** Stops what runs, and forgets the words. */
    public void close() {
        asked++;
        if (job != null) {
            queue.cancel(job);
            job = null;
        }
        phase.set(Phase.NONE);
        task.set("");
        part.set(-1);
        problem.set(null);
        chips.clear();
        notices.clear();
    }

    /** Puts a word into another's place, within its group: groups stay together. */
    public void move(Chip chip, Chip to) {
        if (chip != to && chip.word().group() == to.word().group()) {
            // At once: for whoever shows them the word was never away.
            List<Chip> now = new ArrayList<>(chips);
            int place = now.indexOf(to);
            now.remove(chip);
            now.add(place, chip);
            chips.setAll(now);
        }
    }

    /** Puts a word one place forward or back within its group. */
    public void moveBy(Chip chip, int places) {
        int to = chips.indexOf(chip) + places;
        if (to >= 0 && to < chips.size()) {
            move(chip, chips.get(to));
        }
    }

    List<Chip> of(WordGroup group) {
        return chips.stream().filter(chip -> chip.word().group() == group).toList();
    }

    /** The prompt that the words make that are on. */
    public String prompt() {
        return PromptWord.prompt(chips.stream()
                .filter(chip -> chip.onProperty().get())
                .map(Chip::inPrompt)
                .toList());
    }

    /** Follows the queue. */
    public void accept(JobEvent event) {
        if (event.job() != job) {
            return;
        }
        if (event instanceof JobEvent.Loading loading) {
            task.set(loading.network());
            part.set(-1);
        } else if (event instanceof JobEvent.Progress progress) {
            task.set(progress.task());
            part.set(progress.total() == 0 ? -1 : (double) progress.done() / progress.total());
        } else if (event instanceof JobEvent.Notice notice) {
            notices.add(notice.sentence());
        } else if (event instanceof JobEvent.Interrogated found) {
            found(found.words());
        } else if (event instanceof JobEvent.Failed failed) {
            failed(failed.sentence());
        } else if (event instanceof JobEvent.Cancelled) {
            close();
        }
    }

    private void found(Interrogation words) {
        notices.addAll(words.notices());
        chips.setAll(words.words().stream().map(Chip::new).toList());
        phase.set(Phase.FOUND);
    }

    private void failed(String sentence) {
        problem.set(Problem.sentence(sentence));
        phase.set(Phase.FAILED);
    }
}
