package gesso.command;

import gesso.image.GeneratedPicture;
import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.job.PlotRun;
import gesso.library.Json;
import gesso.request.GenerationRequest;
import gesso.request.SeedSettings;
import gesso.request.plot.Plot;
import gesso.request.plot.PlotAxis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gesso plot}: one picture for every combination of the axes' values, and a labelled grid of them. */
@Command(
        name = "plot",
        description =
                "Makes a picture for every value of an axis and prints the path of the grid, after those of its cells.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "An axis is PARAMETER=VALUES; values are a list, or ranges: 1-10, 1-10 (+2), 1-10 [5].",
            "Example: gesso plot owl --seed 1 --x \"Steps=8-20 (+4)\" --y \"CFG Scale=3,5,7\" --out grid.png"
        })
final class PlotCommand implements Callable<Integer> {
    @Mixin
    PictureArguments arguments = new PictureArguments();

    @Option(names = "--x", required = true, paramLabel = "AXIS", description = "across, e.g. \"Steps=8-20 (+4)\"")
    String x = "";

    @Option(names = "--y", paramLabel = "AXIS", description = "down")
    @Nullable
    String y;

    @Option(names = "--z", paramLabel = "AXIS", description = "a grid for each value")
    @Nullable
    String z;

    @Option(names = "--device", paramLabel = "NAME", description = "auto, cuda, cpu …; gesso devices lists them (auto)")
    String device = "auto";

    @Option(
            names = "--out",
            paramLabel = "FILE.png|FOLDER",
            description = "the grid's file (the cells go to your pictures), or a folder for all of them")
    @Nullable
    Path out;

    @Option(names = "--json", description = "print a line of JSON for each cell, and one for each grid")
    boolean json;

    @Option(names = "--quiet", description = "no progress")
    boolean quiet;

    private final Workshop workshop;
    private final Terminal terminal;

    PlotCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PictureStore grids = out == null ? workshop.gallery()::save : new OutputPlace(out);
        PictureStore cells = out == null || isFile(out) ? workshop.gallery()::save : grids;
        Plot plot = plot();
        GenerationReport report = new GenerationReport(terminal, json, quiet, workshop::peakMemory);
        try (JobQueue queue = workshop.queue(device, cells, report::device, terminal::say)) {
            queue.addListener(event -> {
                // A cell's end is not the plot's: what became of all of them is said at the end.
                if (!event.job().state().isOver()) {
                    report.accept(event);
                }
            });
            CountDownLatch over = new CountDownLatch(1);
            PlotRun run = PlotRun.start(queue, plot, workshop.models()::resolve, r -> {
                if (r.left() == 0) {
                    over.countDown();
                }
            });
            return Interruption.guard(queue, run::cancel, () -> finish(run, over, grids));
        }
    }

    private static boolean isFile(Path path) {
        return !Files.isDirectory(path) && String.valueOf(path.getFileName()).contains(".");
    }

    /** All cells share one seed, unless an axis changes it. */
    private Plot plot() {
        GenerationRequest base = arguments.request(workshop, terminal, "plot");
        SeedSettings drawn = base.seeds().drawn(new SecureRandom());
        return new Plot(
                base.withSeeds(drawn),
                PlotAxis.parse(x),
                y == null ? null : PlotAxis.parse(y),
                z == null ? null : PlotAxis.parse(z));
    }

    private int finish(PlotRun run, CountDownLatch over, PictureStore grids) {
        try {
            over.await();
        } catch (InterruptedException e) {
            run.cancel();
            return ExitCode.CANCELLED;
        }
        for (GeneratedPicture grid : run.grids()) {
            Path file = grids.save(grid);
            terminal.print(json ? line(grid, file) : file.toString());
        }
        run.failures().stream().distinct().forEach(terminal::say);
        return run.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
    }

    private static String line(GeneratedPicture grid, Path file) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("grid", file.toString());
        line.put("size", grid.picture().size().toString());
        return Json.line(line);
    }
}
