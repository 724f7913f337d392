package gesso.command;

import gesso.job.JobEvent;
import java.util.Locale;

/** One line that a person watches, drawn anew at each event; nothing where nobody does. */
final class Progress {
    private static final int BAR = 24;
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean drawn;
    private boolean onScreen;

    Progress(Terminal terminal, boolean wanted) {
        this.terminal = terminal;
        drawn = wanted && terminal.interactive();
    }

    /** Draws what the event says, or clears the line for words that are to stay. */
    synchronized void show(JobEvent event) {
        if (!drawn) {
            return;
        }
        if (event instanceof JobEvent.Loading loading) {
            draw("Loading the " + loading.network() + " …");
        } else if (event instanceof JobEvent.Step step) {
            draw(line(step));
        } else if (event instanceof JobEvent.Progress progress) {
            draw(
                    progress.total() > 1
                            ? "%s %d/%d, %s left"
                                    .formatted(
                                            progress.task(),
                                            progress.done(),
                                            progress.total(),
                                            clock(progress.secondsLeft()))
                            : progress.task() + " …");
        } else if (event instanceof JobEvent.Decoding) {
            draw("Decoding …");
        } else if (!(event instanceof JobEvent.Queued || event instanceof JobEvent.Saving)) {
            clear();
        }
    }

    private void draw(String text) {
        terminal.err().print(ERASE + text);
        terminal.err().flush();
        onScreen = true;
    }

    private void clear() {
        if (onScreen) {
            terminal.err().print(ERASE);
            terminal.err().flush();
            onScreen = false;
        }
    }

    private static String line(JobEvent.Step step) {
        int full = BAR * step.step() / step.steps();
        String which = step.pictures() == 1 ? "" : "picture %d/%d, ".formatted(step.picture() + 1, step.pictures());
        return String.format(
                Locale.ROOT,
                "%s%s %sstep %d/%d, %s, %s left",
                "█".repeat(full),
                "░".repeat(BAR - full),
                which,
                step.step(),
                step.steps(),
                pace(step.secondsPerStep()),
                clock(step.secondsLeft()));
    }

    private static String pace(double secondsPerStep) {
        return secondsPerStep > 1
                ? String.format(Locale.ROOT, "%.1f s a step", secondsPerStep)
                : String.format(Locale.ROOT, "%.1f steps a second", 1 / Math.max(secondsPerStep, 1e-3));
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole / 60 + ":" + (whole % 60 < 10 ? "0" : "") + whole % 60;
    }
}
