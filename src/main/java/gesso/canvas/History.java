package gesso.canvas;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that were done, the oldest first, and those that were undone since. */
public final class History {
    /** Told of what happens, to write it down. */
    interface Log {
        void done(Change change);

        void undone();

        void redone();
    }

    private final List<Change> steps = new ArrayList<>();
    private @Nullable Log log;
    private int done;

    void setLog(@Nullable Log value) {
        log = value;
    }

    void add(Change change) {
        steps.subList(done, steps.size()).clear();
        steps.add(change);
        done++;
        if (log != null) {
            log.done(change);
        }
    }

    public boolean canUndo() {
        return done > 0;
    }

    public boolean canRedo() {
        return done < steps.size();
    }

    /** How many steps can be undone. */
    public int depth() {
        return done;
    }

    @Nullable
    Change undo() {
        if (!canUndo()) {
            return null;
        }
        if (log != null) {
            log.undone();
        }
        return steps.get(--done);
    }

    @Nullable
    Change redo() {
        if (!canRedo()) {
            return null;
        }
        if (log != null) {
            log.redone();
        }
        return steps.get(done++);
    }
}
