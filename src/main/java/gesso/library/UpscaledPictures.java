package gesso.library;

import gesso.image.TextChunk;
import gesso.library.foreign.PictureSettings;
import gesso.request.Picture;
import gesso.request.UpscaleRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures that were made larger, as they are kept. */
public final class UpscaledPictures {
    private UpscaledPictures() {}

    /**
     * Writes one beside the one that it was made of, under its name and the factor: {@code owl-2x.png}.
     *
     * @throws gesso.request.GessoException where it cannot be written
     */
    public static Path save(Picture picture, Path source, UpscaleRequest request) {
        String name = String.valueOf(source.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        Path target = source.resolveSibling(stem + "-" + plain(request.factor()) + "x.png");
        return Gallery.saveTo(picture, texts(source, request.factor(), request.upscaler()), target);
    }

    /**
     * What is said of it, as A1111 keeps it: how the picture was made, and under a name of its own what was done to it since.
     *
     * @param upscaler as lists show it
     */
    public static List<TextChunk> texts(Path source, double factor, String upscaler) {
        List<TextChunk> texts = new ArrayList<>();
        PictureSettings.read(source)
                .ifPresent(
                        s -> texts.add(new TextChunk("parameters", s.infotext().text())));
        texts.add(new TextChunk(
                "postprocessing",
                "Postprocess upscale by: %s, Postprocess upscaler: %s".formatted(plain(factor), upscaler)));
        return texts;
    }

    /** A factor as a person writes it. */
    public static String plain(double factor) {
        return Double.isFinite(factor)
                ? BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString()
                : Double.toString(factor);
    }
}
