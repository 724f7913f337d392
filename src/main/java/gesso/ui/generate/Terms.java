package gesso.ui.generate;

import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.ResizeMode;

/** The terms that artists know choices by, as keys of words. */
public final class Terms {
    private Terms() {}

    public static String of(ResizeMode mode) {
        return switch (mode) {
            case JUST_RESIZE -> "resize-mode.just";
            case CROP_AND_RESIZE -> "resize-mode.crop";
            case RESIZE_AND_FILL -> "resize-mode.fill";
            case LATENT_UPSCALE -> "resize-mode.latent";
        };
    }

    public static String of(MaskMode mode) {
        return switch (mode) {
            case MASKED -> "mask-mode.masked";
            case NOT_MASKED -> "mask-mode.not-masked";
        };
    }

    public static String of(MaskedContent content) {
        return switch (content) {
            case FILL -> "masked-content.fill";
            case ORIGINAL -> "masked-content.original";
            case LATENT_NOISE -> "masked-content.noise";
            case LATENT_NOTHING -> "masked-content.nothing";
        };
    }

    public static String of(InpaintArea area) {
        return switch (area) {
            case WHOLE_PICTURE -> "area.whole";
            case ONLY_MASKED -> "area.masked";
        };
    }
}
