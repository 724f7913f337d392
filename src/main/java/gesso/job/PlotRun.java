package gesso.job;

import gesso.image.GeneratedPicture;
import gesso.image.PlotGrid;
import gesso.request.Picture;
import gesso.request.plot.Plot;
import gesso.request.plot.PlotAxis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plot on its way through the queue: each cell is a job of its own, saved like any picture. A cell that fails or is
 * cancelled stays empty, and the others go on.
 */
public final class PlotRun {
    private final JobQueue queue;
    private final Plot plot;
    private final Consumer<PlotRun> changed;
    private final Map<Job, Plot.Cell> running = new LinkedHashMap<>();
    private final Map<Plot.Cell, GeneratedPicture> pictures = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int newestGrid;
    private final Consumer<JobEvent> ear = this::hear;

    /**
     * Puts all cells into the queue.
     *
     * @param checkpoints finds a checkpoint's file by its name
     * @param changed is told when a cell is over, on one of the queue's threads
     * @throws gesso.request.InvalidRequest where a cell's values cannot be; nothing runs then
     */
    public static PlotRun start(
            JobQueue queue, Plot plot, Function<String, Path> checkpoints, Consumer<PlotRun> changed) {
        List<Plot.Cell> cells = plot.cells(checkpoints);
        PlotRun run = new PlotRun(queue, plot, changed);
        queue.addListener(run.ear);
        // No event of a cell is looked at before all cells are known.
        synchronized (run) {
            for (Plot.Cell cell : cells) {
                run.running.put(queue.submit(cell.request()), cell);
            }
        }
        return run;
    }

    private PlotRun(JobQueue queue, Plot plot, Consumer<PlotRun> changed) {
        this.queue = queue;
        this.plot = plot;
        this.changed = changed;
    }

    /** How many cells are still to come. */
    public synchronized int left() {
        return running.size();
    }

    /** Whether a job is one of the cells that are still to come. */
    public synchronized boolean has(Job job) {
        return running.containsKey(job);
    }

    /** Which grid got the last picture, from 0. */
    public synchronized int newestGrid() {
        return newestGrid;
    }

    /** The cells' files, in the order in which they were made. */
    public synchronized List<Path> files() {
        return List.copyOf(files);
    }

    /** Why cells are empty: a sentence each. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** Stops the running cell and drops the others. */
    public void cancel() {
        List<Job> jobs;
        synchronized (this) {
            jobs = new ArrayList<>(running.keySet());
        }
        // The last first: the queue would start the next one otherwise.
        Collections.reverse(jobs);
        jobs.forEach(queue::cancel);
    }

    /** The grids as they are now, one for each value of the z axis, with the plot in their parameters; none while all are empty. */
    public List<GeneratedPicture> grids() {
        GeneratedPicture first;
        synchronized (this) {
            first = pictures.values().stream().findFirst().orElse(null);
        }
        List<GeneratedPicture> grids = new ArrayList<>();
        for (int z = 0; first != null && z < plot.grids(); z++) {
            Picture grid = new PlotGrid(label(plot.z(), z), labels(plot.x()), labels(plot.y())).draw(cells(z));
            grids.add(new GeneratedPicture(grid, first.request(), z, first.model(), facts()));
        }
        return grids;
    }

    /** The entries that A1111 writes for its script of the same name. */
    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Script", "X/Y/Z plot");
        describe(facts, "X", plot.x());
        describe(facts, "Y", plot.y());
        describe(facts, "Z", plot.z());
        return facts;
    }

    private static void describe(Map<String, String> facts, String axis, @Nullable PlotAxis values) {
        if (values != null) {
            facts.put(axis + " Type", values.parameter().label());
            facts.put(axis + " Values", String.join(", ", values.values()));
        }
    }

    private synchronized List<Optional<Picture>> cells(int z) {
        List<Optional<Picture>> cells =
                new ArrayList<>(Collections.nCopies(plot.rows() * plot.columns(), Optional.empty()));
        pictures.forEach((cell, picture) -> {
            if (cell.z() == z) {
                cells.set(cell.y() * plot.columns() + cell.x(), Optional.of(picture.picture()));
            }
        });
        return cells;
    }

    private static List<String> labels(@Nullable PlotAxis axis) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < (axis == null ? 1 : axis.values().size()); i++) {
            labels.add(label(axis, i));
        }
        return labels;
    }

    private static String label(@Nullable PlotAxis axis, int index) {
        return axis == null
                ? ""
                : axis.parameter().label() + ": " + axis.values().get(index);
    }

    private void hear(JobEvent event) {
        boolean over;
        synchronized (this) {
            Plot.Cell cell = running.get(event.job());
            if (cell == null) {
                return;
            }
            if (event instanceof JobEvent.Saved saved) {
                pictures.put(cell, saved.picture());
                newestGrid = cell.z();
                files.add(saved.file());
            } else if (event instanceof JobEvent.Failed failed) {
                failures.add(failed.sentence());
            }
            over = event.job().state().isOver();
            if (over) {
                running.remove(event.job());
                if (running.isEmpty()) {
                    queue.removeListener(ear);
                }
            }
        }
        if (over) {
            changed.accept(this);
        }
    }
}
