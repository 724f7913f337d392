package gesso.ui.queue;

import gesso.job.Job;
import gesso.request.GenerationRequest;
import gesso.request.Work;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** A job as the queue shows it: one that makes pictures, or makes one larger. */
public final class JobCard {
    private final Job job;
    private final ReadOnlyObjectWrapper<Progress> progress;
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper(this, "sentence", "");
    private final ReadOnlyStringWrapper details = new ReadOnlyStringWrapper(this, "details", "");

    JobCard(Job job) {
        this.job = job;
        GenerationRequest request = generation();
        progress = new ReadOnlyObjectWrapper<>(
                this,
                "progress",
                request == null
                        ? Progress.waiting(1, 0)
                        : Progress.waiting(
                                request.pictures(), request.sampling().steps()));
    }

    public Job job() {
        return job;
    }

    /** What is to be done. */
    public Work work() {
        return job.work();
    }

    /** What pictures are made of; null where none are made. */
    public @Nullable GenerationRequest generation() {
        return job.work() instanceof GenerationRequest request ? request : null;
    }

    public ReadOnlyObjectProperty<Progress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public Progress progress() {
        return progress.get();
    }

    /** Why it failed. */
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /** What to send along with a report. */
    public ReadOnlyStringProperty detailsProperty() {
        return details.getReadOnlyProperty();
    }

    /** The model's file, where it failed and the sentence speaks of a model; null otherwise. */
    public @Nullable Path blamedModel() {
        GenerationRequest request = generation();
        String why = sentence.get();
        return request != null
                        && (why.contains("model")
                                || why.contains(String.valueOf(request.model().getFileName())))
                ? request.model()
                : null;
    }

    void set(Progress value) {
        progress.set(value);
    }

    /** The work went on; once it is told to stop, that is what is shown until it has. */
    void goesOn(Progress value) {
        if (progress().phase() != Progress.Phase.STOPPING) {
            progress.set(value);
        }
    }

    void failed(String why, String report) {
        sentence.set(why);
        details.set(report);
        progress.set(progress().in(Progress.Phase.FAILED));
    }
}
