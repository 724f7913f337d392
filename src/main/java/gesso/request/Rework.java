package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * Image-to-image: a picture to start from.
 *
 * @param denoisingStrength 0 keeps the picture, 1 repaints all of it
 * @param exactSteps do exactly the steps the slider says (else only the strength's part of them)
 * @param colorCorrection bring the result's colours to the source's
 * @param inpaint null: the whole picture is reworked
 */
public record Rework(
        Picture source,
        ResizeMode resizeMode,
        double denoisingStrength,
        boolean exactSteps,
        boolean colorCorrection,
        @Nullable Inpaint inpaint) {
    public Rework {
        InvalidRequest.range("denoise", "Denoising strength", denoisingStrength, 0, 1);
    }

    public Rework withDenoisingStrength(double value) {
        return new Rework(source, resizeMode, value, exactSteps, colorCorrection, inpaint);
    }
}
