package gesso.command;

import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.request.GenerationRequest;
import gesso.request.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gesso generate}: a prompt becomes pictures on disk, and their paths are printed. */
@Command(
        name = "generate",
        description = "Makes pictures from a prompt and prints their paths.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {"", "Example: gesso generate \"red apple\" --seed 1 --out apple.png"})
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    PictureArguments arguments = new PictureArguments();

    @Mixin
    LoopbackOptions loopback = new LoopbackOptions();

    @Option(names = "--device", paramLabel = "NAME", description = "auto, cuda, cpu …; gesso devices lists them (auto)")
    String device = "auto";

    @Option(
            names = "--out",
            paramLabel = "FILE.png|FOLDER",
            description = "where to (a folder of the day among your pictures); nothing is ever overwritten")
    @Nullable
    Path out;

    @Option(names = "--json", description = "print a line of JSON for each picture")
    boolean json;

    @Option(names = "--quiet", description = "no progress")
    boolean quiet;

    private final Workshop workshop;
    private final Terminal terminal;

    GenerateCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        @Nullable Loopback loops = loopback.loopback();
        Path folder = arguments.rework.image;
        if (folder != null && Files.isDirectory(folder)) {
            FolderRun all = new FolderRun(folder, into(), terminal);
            return run(all, loops, series -> all.run(this::request, series::make));
        }
        PictureStore store = out == null ? workshop.gallery()::save : new OutputPlace(out);
        GenerationRequest request = arguments.request(workshop, terminal, "generate");
        if (loops != null) {
            LoopbackOptions.check(request);
        }
        return run(store, loops, series -> series.make(request));
    }

    private int run(PictureStore store, @Nullable Loopback loops, ToIntFunction<PictureSeries> work) {
        GenerationReport report = new GenerationReport(terminal, json, quiet, workshop::peakMemory);
        try (JobQueue queue = workshop.queue(device, store, report::device, terminal::say)) {
            queue.addListener(report);
            PictureSeries series = new PictureSeries(queue, report, loops);
            return Interruption.guard(queue, series::cancel, () -> work.applyAsInt(series));
        }
    }

    private GenerationRequest request(Path image) {
        return arguments.request(image, workshop, terminal, "generate");
    }

    /** Where a folder's pictures go. */
    private Path into() {
        if (out == null) {
            return workshop.gallery()
                    .folder()
                    .resolve(LocalDate.now(ZoneId.systemDefault()).toString());
        }
        OutputPlace checked = new OutputPlace(out);
        return checked.target();
    }
}
