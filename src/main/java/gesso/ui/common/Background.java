package gesso.ui.common;

import java.lang.System.Logger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;

/** The window's own thread for what the FX thread must not wait for: reading files, counting tokens, making small pictures. */
public final class Background implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Background.class.getName());

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "gesso-window-work");
        thread.setDaemon(true);
        return thread;
    });

    /** Does the work on the background thread, and hands its result, or what went wrong, to the FX thread. */
    public <T> void run(Supplier<T> work, Consumer<? super T> then, Consumer<RuntimeException> otherwise) {
        if (worker.isShutdown()) {
            return; // the window is gone, and with it who would see the result
        }
        worker.execute(() -> {
            try {
                T result = work.get();
                Platform.runLater(() -> then.accept(result));
            } catch (RuntimeException e) {
                Platform.runLater(() -> otherwise.accept(e));
            }
        });
    }

    /** The same, where a failure is nothing the user can mend: it is logged. */
    public <T> void run(Supplier<T> work, Consumer<? super T> then) {
        run(work, then, e -> LOG.log(Logger.Level.ERROR, "Work for the window failed", e));
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
