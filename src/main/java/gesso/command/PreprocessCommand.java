package gesso.command;

import gesso.image.PictureFiles;
import gesso.image.control.Preprocessor;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
            description = "canny, lineart, scribble, tile, invert, threshold or none")
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

    private final Terminal terminal;

    PreprocessCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Preprocessor preprocessor = Preprocessor.parse(name);
        refuse("--low", low != null && !preprocessor.hasFirst(), preprocessor);
        refuse("--high", high != null && !preprocessor.hasSecond(), preprocessor);
        refuse("--resolution", resolution != null && !preprocessor.hasResolution(), preprocessor);
        Picture source = PictureFiles.read(file);
        OutputPlace place = output.place(file);
        output.save(terminal, place, file, "-" + preprocessor.label(), draw(preprocessor, source), List.of());
        return ExitCode.DONE;
    }

    private Picture draw(Preprocessor preprocessor, Picture source) {
        return preprocessor.apply(
                source,
                resolution == null
                        ? Math.min(Math.min(source.width(), source.height()), Preprocessor.LARGEST)
                        : resolution,
                low == null ? preprocessor.defaultFirst() : low,
                high == null ? preprocessor.defaultSecond() : high);
    }

    private static void refuse(String option, boolean useless, Preprocessor preprocessor) {
        if (useless) {
            throw new InvalidRequest(
                    option.substring(2), "%s does nothing with %s.".formatted(option, preprocessor.label()));
        }
    }
}
