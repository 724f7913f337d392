package gesso.ui.queue;

import gesso.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.binding.StringBinding;

/** How far a job is, in words. */
public final class ProgressText {
    private static final int SECONDS = 60;

    private ProgressText() {}

    /** 0–1, or JavaFX's "indeterminate" while something is going on that has no steps. */
    public static DoubleBinding part(JobCard card) {
        return Bindings.createDoubleBinding(
                () -> switch (card.progress().phase()) {
                    case LOADING, WAITING -> -1.0;
                    default -> card.progress().part();
                },
                card.progressProperty());
    }

    public static StringBinding of(Words words, JobCard card) {
        return Bindings.createStringBinding(
                () -> text(words, card.progress()), card.progressProperty(), words.languageProperty());
    }

    /** A span of time as a clock shows it. */
    public static String clock(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return "%d:%02d".formatted(whole / SECONDS, whole % SECONDS);
    }

    private static String text(Words words, Progress progress) {
        return switch (progress.phase()) {
            case WAITING -> words.get("progress.starting");
            case LOADING -> words.get("progress.loading", progress.network());
            case STEPPING -> steps(words, progress);
            case WORKING -> words.get("progress.working", progress.network(), progress.step(), progress.steps());
            case DECODING -> words.get("progress.decoding");
            case SAVING -> words.get("progress.saving");
            case STOPPING -> words.get("progress.stopping");
            case FAILED -> words.get("progress.failed");
        };
    }

    private static String steps(Words words, Progress progress) {
        String step = words.get("progress.step", progress.step(), progress.steps(), clock(progress.secondsLeft()));
        return progress.pictures() == 1
                ? step
                : words.get("progress.picture", progress.picture() + 1, progress.pictures(), step);
    }
}
