package gesso.command;

import gesso.image.PictureFiles;
import gesso.image.PixelUpscaler;
import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.library.UpscaledPictures;
import gesso.request.InvalidRequest;
import gesso.request.UpscaleRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso upscale}: a picture, larger. */
@Command(
        name = "upscale",
        description = "Makes a picture larger, and prints the new picture's path. Its parameters stay with it.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {"", "Example: gesso upscale owl.png --by 2 --upscaler 4x-UltraSharp"})
final class UpscaleCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "a picture")
    Path file = Path.of("");

    @Option(names = "--by", required = true, paramLabel = "X", description = "factor of both sides, 1 to 16")
    double by;

    @Option(
            names = "--upscaler",
            paramLabel = "NAME",
            description = "Lanczos, Nearest, None, a model in a folder such as ESRGAN, or a model's file (Lanczos)")
    String upscaler = UpscaleRequest.DEFAULT_UPSCALER;

    @Mixin
    PictureOutput output = new PictureOutput();

    @Option(names = "--device", paramLabel = "NAME", description = "auto, cuda, cpu …; gesso devices lists them (auto)")
    String device = "auto";

    @Option(names = "--quiet", description = "no progress")
    boolean quiet;

    private final Workshop workshop;
    private final Terminal terminal;

    UpscaleCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(by >= 1 && by <= UpscaleRequest.LARGEST_FACTOR)) {
            throw new InvalidRequest("by", "--by must be between 1 and 16, not %s.".formatted(plain()));
        }
        String name = upscalerName();
        UpscaleRequest request = new UpscaleRequest(PictureFiles.read(file, terminal::say), by, upscaler);
        OutputPlace place = output.place(file);
        Progress progress = new Progress(terminal, !quiet);
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (JobQueue queue = workshop.queue(device, picture -> file, id -> {}, terminal::say)) {
            queue.addListener(event -> {
                progress.show(event);
                accept(event, place, name, exitCode);
            });
            Job job = queue.submit(request);
            return Interruption.guard(queue, () -> queue.cancel(job), exitCode::join);
        }
    }

    /** As lists show it. */
    private String upscalerName() {
        @Nullable PixelUpscaler filter = PixelUpscaler.find(upscaler).orElse(null);
        if (filter != null) {
            return filter.label();
        }
        String model = String.valueOf(workshop.models().upscaler(upscaler).getFileName());
        int dot = model.lastIndexOf('.');
        return dot > 0 ? model.substring(0, dot) : model;
    }

    private void accept(JobEvent event, OutputPlace place, String name, CompletableFuture<Integer> exitCode) {
        if (event instanceof JobEvent.Upscaled made) {
            try {
                output.save(
                        terminal,
                        place,
                        file,
                        "-" + plain() + "x",
                        made.picture(),
                        UpscaledPictures.texts(file, by, name));
            } catch (RuntimeException e) {
                exitCode.completeExceptionally(e);
            }
        } else if (event instanceof JobEvent.Notice notice) {
            terminal.say(notice.sentence());
        } else if (event instanceof JobEvent.Failed failed) {
            terminal.say(failed.sentence());
            exitCode.complete(ExitCode.of(failed.cause()));
        } else if (event instanceof JobEvent.Cancelled) {
            terminal.say("Cancelled.");
            exitCode.complete(ExitCode.CANCELLED);
        } else if (event instanceof JobEvent.Done) {
            exitCode.complete(ExitCode.DONE);
        }
    }

    /** The factor as a person writes it. */
    private String plain() {
        return UpscaledPictures.plain(by);
    }
}
