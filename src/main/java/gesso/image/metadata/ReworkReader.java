package gesso.image.metadata;

import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SdUpscale;
import gesso.request.SoftInpainting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Image-to-image and inpainting settings that an infotext tells of, for the source and mask that are there. */
final class ReworkReader {
    private static final String UPSCALER = "Img2img upscaler";
    private static final String OVERLAP = "SD upscale overlap";
    private static final List<String> KEYS = List.of(
            "Resize mode",
            "Exact steps",
            "Color correction",
            "Mask blur",
            "Mask mode",
            "Masked content",
            "Inpaint area",
            "Masked area padding",
            "Soft inpainting schedule bias",
            "Soft inpainting preservation strength",
            "Soft inpainting transition contrast boost",
            "Soft inpainting mask influence",
            "Soft inpainting difference threshold",
            "Soft inpainting difference contrast",
            "Soft inpainting enabled",
            UPSCALER,
            OVERLAP,
            "SD upscale upscaler",
            "SD upscale factor");

    private ReworkReader() {}

    /** Takes them away: a picture that is made from text alone must not say them. */
    static void skip(TakenSettings settings) {
        KEYS.forEach(key -> settings.take(key, ""));
    }

    static Rework read(TakenSettings settings, Rework now) {
        return new Rework(
                now.source(),
                settings.take("Resize mode", ResizeMode::parse, now.resizeMode()),
                settings.takeNumber("Denoising strength", now.denoisingStrength()),
                settings.takeFlag("Exact steps"),
                settings.takeFlag("Color correction"),
                now.inpaint() == null ? null : inpaint(settings, now.inpaint()),
                null,
                now.strengthMap(),
                settings.has(UPSCALER) ? settings.take(UPSCALER, "") : null);
    }

    /** null: the text tells of none. */
    static @Nullable SdUpscale sdUpscale(TakenSettings settings) {
        boolean there = settings.has(OVERLAP);
        SdUpscale usual = SdUpscale.DEFAULT;
        SdUpscale read = new SdUpscale(
                settings.takeNumber("SD upscale factor", usual.factor()),
                (int) settings.takeNumber(OVERLAP, usual.overlap()),
                settings.take("SD upscale upscaler", usual.upscaler()));
        return there ? read : null;
    }

    private static Inpaint inpaint(TakenSettings settings, Inpaint now) {
        return new Inpaint(
                now.mask(),
                (int) settings.takeNumber("Mask blur", now.blur()),
                settings.take("Mask mode", MaskMode::parse, MaskMode.MASKED),
                settings.take("Masked content", MaskedContent::parse, MaskedContent.ORIGINAL),
                settings.take("Inpaint area", InpaintArea::parse, InpaintArea.WHOLE_PICTURE),
                (int) settings.takeNumber("Masked area padding", Inpaint.DEFAULT_PADDING),
                soft(settings));
    }

    private static @Nullable SoftInpainting soft(TakenSettings settings) {
        SoftInpainting usual = SoftInpainting.DEFAULT;
        SoftInpainting soft = new SoftInpainting(
                settings.takeNumber("Soft inpainting schedule bias", usual.scheduleBias()),
                settings.takeNumber("Soft inpainting preservation strength", usual.preservationStrength()),
                settings.takeNumber("Soft inpainting transition contrast boost", usual.transitionContrastBoost()),
                settings.takeNumber("Soft inpainting mask influence", usual.maskInfluence()),
                settings.takeNumber("Soft inpainting difference threshold", usual.differenceThreshold()),
                settings.takeNumber("Soft inpainting difference contrast", usual.differenceContrast()));
        return settings.takeFlag("Soft inpainting enabled") ? soft : null;
    }
}
