package gesso.ui.models;

import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GessoException;
import gesso.ui.common.Background;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** A link, a file or a folder that is being added: how far it is, and what came of it. On the FX thread. */
public final class AddingModel {
    private final ModelLibraryService library;
    private final Runnable added;
    private final Background background = new Background();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running");
    private final ReadOnlyDoubleWrapper part = new ReadOnlyDoubleWrapper(this, "part", -1);
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper(this, "sentence", "");
    private final AtomicReference<@Nullable Double> newest = new AtomicReference<>();
    private @Nullable CancelToken token;

    AddingModel(ModelLibraryService library, Runnable added) {
        this.library = library;
        this.added = added;
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** 0..1; −1: the server does not say. */
    public ReadOnlyDoubleProperty partProperty() {
        return part.getReadOnlyProperty();
    }

    /** What came of the last one: where it is now, or why not; empty: nothing yet. */
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    /** Adds it; only one at a time. */
    public void add(String what) {
        if (running.get() || what.isBlank()) {
            return;
        }
        CancelToken now = new CancelToken();
        token = now;
        running.set(true);
        part.set(-1);
        sentence.set("");
        background.run(
                () -> library.add(what.strip(), this::received, now),
                done -> {
                    end(done);
                    added.run();
                },
                e -> end(
                        e instanceof Cancelled
                                ? ""
                                : e instanceof GessoException known ? known.sentence() : String.valueOf(e)));
    }

    private void end(String said) {
        running.set(false);
        token = null;
        sentence.set(said);
    }

    /** On the working thread: the newest state alone is shown. */
    private void received(long done, long all) {
        double now = all > 0 ? (double) done / all : -1;
        if (newest.getAndSet(now) == null) {
            Platform.runLater(() -> {
                Double latest = newest.getAndSet(null);
                if (latest != null && running.get()) {
                    part.set(latest);
                }
            });
        }
    }

    /** Stops it; what was received is kept, and the same link goes on from there. */
    public void cancel() {
        CancelToken now = token;
        if (now != null) {
            now.cancel();
        }
    }

    void close() {
        cancel();
        background.close();
    }
}
