package gesso.ui;

import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.ui.common.Background;
import gesso.ui.common.PictureReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that are reworked one after another by the same settings. Each is read when its turn comes: a folder of hundreds
 * does not fill the memory. Cancelling one stops those after it. On the FX thread.
 */
final class Batch {
    private final Function<GenerationRequest, Job> submit;
    private final Background background;
    private final PictureReader pictures;
    private final Consumer<String> notice;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private @Nullable Job job;
    private boolean reading;

    private record Turn(GenerationRequest asked, Path file) {}

    /** @param notice is told, in a sentence, which picture was left out and why */
    Batch(
            Function<GenerationRequest, Job> submit,
            Background background,
            PictureReader pictures,
            Consumer<String> notice) {
        this.submit = submit;
        this.background = background;
        this.pictures = pictures;
        this.notice = notice;
    }

    /** Makes of each file what the request makes of its source; after those that wait already. */
    void add(GenerationRequest asked, List<Path> files) {
        files.forEach(file -> waiting.add(new Turn(asked, file)));
        next();
    }

    private void next() {
        if (reading || job != null || waiting.isEmpty()) {
            return;
        }
        Turn turn = waiting.remove();
        reading = true;
        background.run(() -> pictures.read(turn.file()), picture -> start(turn.asked(), picture), this::skip);
    }

    private void start(GenerationRequest asked, Picture picture) {
        reading = false;
        Rework rework = asked.rework();
        if (rework != null) {
            job = submit.apply(asked.edit(e -> e.rework(rework.withSource(picture))));
        }
    }

    private void skip(RuntimeException e) {
        reading = false;
        notice.accept(e instanceof GessoException known ? known.sentence() : String.valueOf(e));
        next();
    }

    /** Follows the queue. */
    void accept(JobEvent event) {
        if (event.job() != job) {
            return;
        }
        if (event instanceof JobEvent.Cancelled) {
            waiting.clear();
        }
        if (event instanceof JobEvent.Done || event instanceof JobEvent.Failed || event instanceof JobEvent.Cancelled) {
            job = null;
            next();
        }
    }
}
