package gesso.ui.queue;

import gesso.job.Job;
import gesso.request.GenerationRequest;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A job as the queue shows it. */
public final class JobCard {
    private final Job job;
    private final ReadOnlyObjectWrapper<Progress> progress;
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper(this, "sentence", "");
    private final ReadOnlyStringWrapper details = new ReadOnlyStringWrapper(this, "details", "");

    JobCard(Job job) {
        this.job = job;
        GenerationRequest request = job.request();
        progress = new ReadOnlyObjectWrapper<>(
                this,
                "progress",
                Progress.waiting(request.pictures(), request.sampling().steps()));
    }

    public Job job() {
        return job;
    }

    public GenerationRequest request() {
        return job.request();
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
