package gesso.ui;

import gesso.job.JobQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/** Starts JavaFX, without an Application class of which JavaFX would make the instance itself. */
public final class StudioApp {
    private StudioApp() {}

    /**
     * Opens the window, and returns when it is closed. JavaFX starts while the services are made, on the calling thread.
     *
     * @param queue is closed by the caller, who made it
     */
    public static void run(JobQueue queue, Supplier<StudioServices> services) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        Platform.startup(() -> {});
        StudioServices made = services.get();
        Platform.runLater(() -> {
            try {
                Stage stage = new Stage();
                stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, event -> closed.countDown());
                new StudioWindow(queue, made).show(stage);
            } catch (RuntimeException | Error e) {
                closed.countDown();
                throw e;
            }
        });
        closed.await();
        Platform.exit();
    }
}
