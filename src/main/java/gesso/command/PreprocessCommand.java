package gesso.command;

import gesso.image.Fitting;
import gesso.image.Mask;
import gesso.image.PictureFiles;
import gesso.image.control.Preprocessor;
import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.library.PreprocessorFiles;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.PreprocessRequest;
import gesso.request.ResizeMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso preprocess}: the control image that a ControlNet would see of a picture. */
@Command(
        name = "preprocess",
        description = "Draws what a ControlNet sees of a picture, and prints the new picture's path.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {"", "Example: gesso preprocess canny owl.png --low 80 --high 160 --out edges.png"})
final class PreprocessCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description =
                    "canny, lineart, scribble, softedge_gradient, tile, invert, threshold, inpaint or none; or a network's, of an .onnx file in the folder annotators: depth, softedge_hed …")
    String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "a picture")
    Path file = Path.of("");

    @Mixin
    PictureOutput output = new PictureOutput();

    @Option(
            names = "--low",
            paramLabel = "X",
            description =
                    "canny's lower threshold, 1 to 255 (100); scribble's, 1 to 64 (32); threshold's, 0 to 255 (127); tile's factor, 1 to 8 (1)")
    @Nullable
    Double low;

    @Option(names = "--high", paramLabel = "X", description = "canny's upper threshold, 1 to 255 (200)")
    @Nullable
    Double high;

    @Option(
            names = "--resolution",
            paramLabel = "N",
            description = "of the shorter side, in pixels (the picture's own)")
    @Nullable
    Integer resolution;

    @Option(names = "--mask", paramLabel = "FILE", description = "inpaint's: white is to be filled (nothing)")
    @Nullable
    Path mask;

    private final Workshop workshop;
    private final Terminal terminal;

    PreprocessCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Preprocessor rule = Preprocessor.find(name).orElse(null);
        if (rule == null) {
            return drawnByNetwork(
                    new PreprocessorFiles(workshop.models()).find(name).name());
        }
        refuse("--low", low != null && !rule.hasFirst(), rule.label());
        refuse("--high", high != null && !rule.hasSecond(), rule.label());
        refuse("--resolution", resolution != null && !rule.hasResolution(), rule.label());
        refuse("--mask", mask != null && rule != Preprocessor.INPAINT, rule.label());
        Picture source = PictureFiles.read(file, terminal::say);
        OutputPlace place = output.place(file);
        output.save(terminal, place, file, "-" + rule.label(), draw(rule, source), List.of());
        return ExitCode.DONE;
    }

    private Picture draw(Preprocessor preprocessor, Picture source) {
        if (mask != null) {
            Picture painted =
                    Fitting.fit(ResizeMode.JUST_RESIZE, PictureFiles.read(mask, terminal::say), source.size());
            return Preprocessor.hidden(source, Mask.painted(painted));
        }
        return preprocessor.apply(
                source,
                resolution == null ? ownResolution(source) : resolution,
                low == null ? preprocessor.defaultFirst() : low,
                high == null ? preprocessor.defaultSecond() : high);
    }

    private static int ownResolution(Picture source) {
        return Math.min(Math.min(source.width(), source.height()), Preprocessor.LARGEST);
    }

    private int drawnByNetwork(String preprocessor) {
        refuse("--low", low != null, preprocessor);
        refuse("--high", high != null, preprocessor);
        refuse("--mask", mask != null, preprocessor);
        Picture source = PictureFiles.read(file, terminal::say);
        int side = resolution == null ? Math.max(ownResolution(source), PreprocessRequest.SMALLEST) : resolution;
        PreprocessRequest request = new PreprocessRequest(source, preprocessor, side);
        OutputPlace place = output.place(file);
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (JobQueue queue = workshop.queue("auto", picture -> file, id -> {}, terminal::say)) {
            queue.addListener(event -> accept(event, place, exitCode));
            Job job = queue.submit(request);
            return Interruption.guard(queue, () -> queue.cancel(job), exitCode::join);
        }
    }

    private void accept(JobEvent event, OutputPlace place, CompletableFuture<Integer> exitCode) {
        if (event instanceof JobEvent.Drawn made) {
            try {
                String ending = "-" + ((PreprocessRequest) made.job().work()).preprocessor();
                output.save(terminal, place, file, ending, made.picture(), List.of());
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

    private static void refuse(String option, boolean useless, String preprocessor) {
        if (useless) {
            throw new InvalidRequest(option.substring(2), "%s does nothing with %s.".formatted(option, preprocessor));
        }
    }
}
