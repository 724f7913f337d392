package gesso.ui.common;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work whose newest result alone is wanted: while one runs, of those that are asked for after it only the last is done. */
public final class Newest<T> {
    private final Background background;
    private final Consumer<? super T> then;
    private final Consumer<RuntimeException> otherwise;
    private @Nullable Supplier<T> next;
    private boolean running;
    private boolean forgotten;

    /** Hands results to {@code then} on the FX thread. */
    public Newest(Background background, Consumer<? super T> then, Consumer<RuntimeException> otherwise) {
        this.background = background;
        this.then = then;
        this.otherwise = otherwise;
    }

    public void ask(Supplier<T> work) {
        next = work;
        forgotten = false;
        if (!running) {
            start();
        }
    }

    /** Nothing is wanted any more: what runs is not told. */
    public void forget() {
        next = null;
        forgotten = true;
    }

    private void start() {
        Supplier<T> work = next;
        next = null;
        running = work != null;
        if (work != null) {
            background.run(work, result -> done(() -> then.accept(result)), e -> done(() -> otherwise.accept(e)));
        }
    }

    private void done(Runnable tell) {
        if (next == null && !forgotten) {
            tell.run();
        }
        start();
    }
}
