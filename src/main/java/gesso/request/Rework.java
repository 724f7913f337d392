package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * Image-to-image: a picture to start from.
 *
 * @param denoisingStrength 0 keeps the picture, 1 repaints all of it
 * @param strengthMap a grey picture over the source: the denoising strength counts in full where it is white, and not at all
 *     where it is black, so that with a strength of 1 its value is the local strength (differential diffusion, Levin and Fried
 *     2023); its size may differ from the source's; null: white everywhere
 * @param exactSteps do exactly the steps the slider says (else only the strength's part of them)
 * @param colorCorrection bring the result's colours to the source's
 * @param inpaint null: the whole picture is reworked
 * @param encodingSeed seed of the noise that the VAE adds when it reads the source, as torch's generator draws it; null: none,
 *     so that the same source is always read the same (with diffusers' profile: the picture's own). A1111 goes on with whatever
 *     its generator was left with: the seed of the picture that it made before
 * @param upscaler what enlarges a source that is smaller than the pictures, by the name that lists show, or a file's path; null:
 *     Lanczos. A1111's setting "Upscaler for img2img"
 */
public record Rework(
        Picture source,
        ResizeMode resizeMode,
        double denoisingStrength,
        boolean exactSteps,
        boolean colorCorrection,
        @Nullable Inpaint inpaint,
        @Nullable Long encodingSeed,
        @Nullable Picture strengthMap,
        @Nullable String upscaler) {
    public Rework {
        InvalidRequest.range("denoise", "Denoising strength", denoisingStrength, 0, 1);
        if (encodingSeed != null) {
            InvalidRequest.range("encode-seed", "Encoding seed", encodingSeed, 0, SeedSettings.LARGEST);
        }
    }

    /** With one strength everywhere. */
    public Rework(
            Picture source,
            ResizeMode resizeMode,
            double denoisingStrength,
            boolean exactSteps,
            boolean colorCorrection,
            @Nullable Inpaint inpaint,
            @Nullable Long encodingSeed) {
        this(source, resizeMode, denoisingStrength, exactSteps, colorCorrection, inpaint, encodingSeed, null, null);
    }

    /** Read without noise, with one strength everywhere. */
    public Rework(
            Picture source,
            ResizeMode resizeMode,
            double denoisingStrength,
            boolean exactSteps,
            boolean colorCorrection,
            @Nullable Inpaint inpaint) {
        this(source, resizeMode, denoisingStrength, exactSteps, colorCorrection, inpaint, null, null, null);
    }

    public Rework withSource(Picture value) {
        return new Rework(
                value,
                resizeMode,
                denoisingStrength,
                exactSteps,
                colorCorrection,
                inpaint,
                encodingSeed,
                strengthMap,
                upscaler);
    }

    public Rework withDenoisingStrength(double value) {
        return new Rework(
                source, resizeMode, value, exactSteps, colorCorrection, inpaint, encodingSeed, strengthMap, upscaler);
    }

    public Rework withStrengthMap(@Nullable Picture value) {
        return new Rework(
                source,
                resizeMode,
                denoisingStrength,
                exactSteps,
                colorCorrection,
                inpaint,
                encodingSeed,
                value,
                upscaler);
    }

    public Rework withUpscaler(@Nullable String value) {
        return new Rework(
                source,
                resizeMode,
                denoisingStrength,
                exactSteps,
                colorCorrection,
                inpaint,
                encodingSeed,
                strengthMap,
                value);
    }
}
