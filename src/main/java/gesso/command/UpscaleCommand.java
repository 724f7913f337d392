package gesso.command;

import gesso.image.PixelUpscaler;
import gesso.image.TextChunk;
import gesso.library.foreign.PictureSettings;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Size;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso upscale}: a picture, larger. */
@Command(
        name = "upscale",
        description = "Makes a picture larger, and prints the new picture's path. Its parameters stay with it.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class UpscaleCommand implements Callable<Integer> {
    private static final double LARGEST_FACTOR = 16;
    /** Of the result: 0.5 GB of pixels. */
    private static final long MOST_PIXELS = 1L << 27;

    @Parameters(index = "0", paramLabel = "FILE", description = "a picture")
    Path file = Path.of("");

    @Mixin
    PictureOutput output = new PictureOutput();

    @Option(names = "--by", required = true, paramLabel = "X", description = "factor of both sides, 1 to 16")
    double by;

    @Option(names = "--upscaler", paramLabel = "NAME", description = "Lanczos, Nearest or None (Lanczos)")
    String upscaler = PixelUpscaler.LANCZOS.label();

    private final Terminal terminal;

    UpscaleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PixelUpscaler chosen = PixelUpscaler.parse(upscaler);
        if (!(by >= 1 && by <= LARGEST_FACTOR)) {
            throw new InvalidRequest("by", "--by must be between 1 and 16, not %s.".formatted(plain()));
        }
        return output.write(terminal, file, "-" + plain() + "x", new PictureOutput.Making() {
            @Override
            public Picture of(Picture source) {
                return chosen.enlarge(source, enlarged(source.size()));
            }

            @Override
            public List<TextChunk> texts() {
                return described(chosen);
            }
        });
    }

    private Size enlarged(Size size) {
        long width = (long) (size.width() * by);
        long height = (long) (size.height() * by);
        if (width * height > MOST_PIXELS) {
            throw new InvalidRequest(
                    "by", "A picture of %dx%d pixels is too large; choose a smaller --by.".formatted(width, height));
        }
        return new Size((int) width, (int) height);
    }

    /** As A1111 keeps them: how the picture was made, and under a name of its own what was done to it since. */
    private List<TextChunk> described(PixelUpscaler chosen) {
        List<TextChunk> texts = new ArrayList<>();
        PictureSettings.read(file)
                .ifPresent(
                        s -> texts.add(new TextChunk("parameters", s.infotext().text())));
        texts.add(new TextChunk(
                "postprocessing",
                "Postprocess upscale by: %s, Postprocess upscaler: %s".formatted(plain(), chosen.label())));
        return texts;
    }

    /** The factor as a person writes it. */
    private String plain() {
        return Double.isFinite(by) ? BigDecimal.valueOf(by).stripTrailingZeros().toPlainString() : Double.toString(by);
    }
}
