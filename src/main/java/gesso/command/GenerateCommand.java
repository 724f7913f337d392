package gesso.command;

import gesso.job.Job;
import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.request.GenerationRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
        PictureStore store = out == null ? workshop.gallery()::save : new OutputPlace(out);
        GenerationReport report = new GenerationReport(terminal, json, quiet, workshop::peakMemory);
        GenerationRequest request = arguments.request(workshop, terminal, "generate");
        try (JobQueue queue = workshop.queue(device, store, report::device, terminal::say)) {
            queue.addListener(report);
            Job job = queue.submit(request);
            return Interruption.guard(queue, () -> queue.cancel(job), report::await);
        }
    }
}
