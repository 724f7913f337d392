package gesso.ui.queue;

import gesso.image.GeneratedPicture;
import gesso.job.Job;
import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.job.PlotRun;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.plot.Plot;
import gesso.ui.canvas.CanvasModel;
import gesso.ui.common.Background;
import gesso.ui.common.MadePicture;
import gesso.ui.gallery.ResultsModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The plots that run: each grid is seen on the canvas as it fills, and is one more result when it is finished. */
public final class Plots {
    private final JobQueue queue;
    private final Background background;
    private final CanvasModel canvas;
    private final ResultsModel results;
    private final PictureStore store;
    private final Consumer<String> notice;
    private final List<PlotRun> running = new ArrayList<>();

    /**
     * None runs at first. On the FX thread, like all but what it does in the background.
     *
     * @param notice is told, in a sentence, what keeps a grid from being drawn or saved
     */
    public Plots(
            JobQueue queue,
            Background background,
            CanvasModel canvas,
            ResultsModel results,
            PictureStore store,
            Consumer<String> notice) {
        this.queue = queue;
        this.background = background;
        this.canvas = canvas;
        this.results = results;
        this.store = store;
        this.notice = notice;
    }

    /**
     * Puts a plot's cells into the queue.
     *
     * @throws gesso.request.InvalidRequest where a cell's values cannot be; nothing runs then
     */
    public void start(Plot plot, Function<String, Path> checkpoints) {
        AtomicBoolean asked = new AtomicBoolean();
        // Cells may follow one another faster than grids are drawn: one that waits to be drawn is enough.
        running.add(PlotRun.start(queue, plot, checkpoints, run -> {
            if (run.left() == 0) {
                background.run(() -> saved(run), made -> finished(run, made), this::say);
            } else if (asked.compareAndSet(false, true)) {
                background.run(
                        () -> {
                            asked.set(false);
                            return grids(run);
                        },
                        grids -> show(run, grids),
                        this::say);
            }
        }));
    }

    /** Whether a job is one of a plot's cells. */
    public boolean has(Job job) {
        return running.stream().anyMatch(run -> run.has(job));
    }

    /** Cancels the plot that a job is a cell of. @return whether there is one */
    public boolean cancel(Job cell) {
        for (PlotRun run : running) {
            if (run.has(cell)) {
                run.cancel();
                return true;
            }
        }
        return false;
    }

    private static List<Picture> grids(PlotRun run) {
        return run.grids().stream().map(GeneratedPicture::picture).toList();
    }

    private void show(PlotRun run, List<Picture> grids) {
        if (running.contains(run) && !grids.isEmpty()) {
            canvas.showDrawn(grids.get(run.newestGrid()));
        }
    }

    /** A grid that is finished. */
    private record Saved(MadePicture made, Picture picture) {}

    private List<Saved> saved(PlotRun run) {
        List<Saved> saved = new ArrayList<>();
        for (GeneratedPicture grid : run.grids()) {
            saved.add(new Saved(new MadePicture(store.save(grid), grid.request()), grid.picture()));
        }
        return saved;
    }

    private void finished(PlotRun run, List<Saved> grids) {
        running.remove(run);
        for (Saved grid : grids) {
            results.add(grid.made(), grid.picture());
            canvas.show(grid.made());
        }
    }

    private void say(RuntimeException e) {
        notice.accept(e instanceof GessoException known ? known.sentence() : String.valueOf(e));
    }
}
