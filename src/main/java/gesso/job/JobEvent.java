package gesso.job;

import gesso.image.GeneratedPicture;
import gesso.request.Interrogation;
import gesso.request.Picture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** What happens to a job, in the order it happens. Told on the queue's threads: a listener hands on what takes long. */
public sealed interface JobEvent {
    Job job();

    /** It waits for its turn. */
    record Queued(Job job) implements JobEvent {}

    /** It is running, and a network is being made ready. */
    record Loading(Job job, String network) implements JobEvent {}

    /**
     * A step is done.
     *
     * @param picture which picture of the job, from 0
     * @param step from 1
     * @param sigma the noise level before the step
     * @param preview a small picture of what is seen so far
     * @param secondsPerStep measured over this job
     * @param secondsLeft for the whole job, from the measured steps
     */
    record Step(
            Job job,
            int picture,
            int pictures,
            int step,
            int steps,
            double sigma,
            Picture preview,
            double secondsPerStep,
            double secondsLeft)
            implements JobEvent {}

    /**
     * Work that has no diffusion steps went on.
     *
     * @param task what is being done, e.g. "Reading the word lists"
     * @param done of {@code total} parts
     * @param secondsLeft of the task, by its parts so far
     */
    record Progress(Job job, String task, int done, int total, double secondsLeft) implements JobEvent {}

    /** The words of a picture were found. */
    record Interrogated(Job job, Interrogation words) implements JobEvent {}

    /** A picture was made larger, as the job's {@link gesso.request.UpscaleRequest} asks; whoever asked for it saves it. */
    record Upscaled(Job job, Picture picture) implements JobEvent {}

    /** A control image was drawn, as the job's {@link gesso.request.PreprocessRequest} asks; whoever asked for it saves it. */
    record Drawn(Job job, Picture picture) implements JobEvent {}

    /** A picture's latent is being turned into pixels. */
    record Decoding(Job job, int picture) implements JobEvent {}

    /** A picture is being written. */
    record Saving(Job job, GeneratedPicture picture) implements JobEvent {}

    /** A picture is on disk. */
    record Saved(Job job, GeneratedPicture picture, Path file) implements JobEvent {}

    /** One sentence that is no failure. */
    record Notice(Job job, String sentence) implements JobEvent {}

    /** All pictures are on disk. */
    record Done(Job job, double seconds) implements JobEvent {}

    /**
     * It could not be done; pictures saved before stay.
     *
     * @param sentence what is wrong, and what to do
     * @param cause a {@link gesso.request.BadInput} where the user gave what cannot be used
     */
    record Failed(Job job, String sentence, Throwable cause) implements JobEvent {
        /** For a report: the cause's text. */
        public String details() {
            StringWriter text = new StringWriter();
            cause.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    /** It was stopped by the user. */
    record Cancelled(Job job) implements JobEvent {}
}
