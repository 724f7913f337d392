package gesso.command;

import static gesso.command.RequestOptions.or;

import gesso.image.PixelUpscaler;
import gesso.library.ModelFolders;
import gesso.request.GenerationRequest;
import gesso.request.Rework;
import gesso.request.SdUpscale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What enlarges the picture to start from, and SD upscale, as options. */
final class SdUpscaleOptions {
    @Option(
            names = "--sd-upscale",
            paramLabel = "X",
            description = "enlarge --image by X, 1 to 4, and rework it in tiles of --size (the model's own)")
    @Nullable
    Double factor;

    @Option(names = "--sd-upscale-overlap", paramLabel = "N", description = "overlap of its tiles, 0 to 256 (64)")
    @Nullable
    Integer overlap;

    @Option(
            names = "--upscaler",
            paramLabel = "NAME",
            description = "what enlarges --image: Lanczos, Nearest, None, or a model of yours (Lanczos)")
    @Nullable
    String upscaler;

    boolean asked() {
        return factor != null;
    }

    /** The request with what was said of it. @throws gesso.request.BadInput where there is no such upscaler */
    GenerationRequest apply(GenerationRequest from, ModelFolders models) {
        Rework rework = from.rework();
        if (rework == null) {
            Needs needs = new Needs("--image");
            needs.check("--sd-upscale", factor);
            needs.check("--upscaler", upscaler);
        }
        if (upscaler != null && PixelUpscaler.find(upscaler).isEmpty()) {
            models.upscaler(upscaler);
        }
        if (factor == null && from.sdUpscale() == null) {
            new Needs("--sd-upscale").check("--sd-upscale-overlap", overlap);
            return rework == null || upscaler == null ? from : from.edit(e -> e.rework(rework.withUpscaler(upscaler)));
        }
        SdUpscale start = Objects.requireNonNullElse(from.sdUpscale(), SdUpscale.DEFAULT);
        SdUpscale wanted =
                new SdUpscale(or(factor, start.factor()), or(overlap, start.overlap()), or(upscaler, start.upscaler()));
        return from.edit(e -> e.sdUpscale(wanted));
    }
}
