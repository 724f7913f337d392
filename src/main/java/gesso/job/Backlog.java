package gesso.job;

import gesso.pipeline.KeptSteps;
import java.util.List;

/** What remembers the queue across the program's end, however it ends. Called on the io thread. */
interface Backlog {
    /** Remembers nothing: what the command line runs is gone with it. */
    Backlog NONE = new Backlog() {
        @Override
        public void added(Job job) {}

        @Override
        public void ordered(List<Job> jobs, boolean paused) {}

        @Override
        public void started(Job job) {}

        @Override
        public KeptSteps steps(Job job) {
            return KeptSteps.NONE;
        }

        @Override
        public void saved(Job job, int picture) {}

        @Override
        public void setAside(Job job) {}

        @Override
        public void failed(Job job, String sentence) {}

        @Override
        public void ended(Job job) {}
    };

    /** A job waits, for the first time or once more. */
    void added(Job job);

    /** The order of the jobs has changed, or whether they wait for a resumption. */
    void ordered(List<Job> jobs, boolean paused);

    /** A job is being done: if the program ends now, it was this one that was cut off. */
    void started(Job job);

    /** What is known of a job from before, and keeps what comes. */
    KeptSteps steps(Job job);

    /** A picture of a job is on disk. */
    void saved(Job job, int picture);

    /** A job was stopped in good order, because the program ends; it goes on next time. */
    void setAside(Job job);

    /** A job could not be done; it waits for the user. */
    void failed(Job job, String sentence);

    /** A job is done, or was taken off the queue by the user. */
    void ended(Job job);
}
