package gesso.request;

/**
 * Soft inpainting: grey mask values blend, step by step, mask' = mask^(σ^bias·strength) (A1111's built-in extension).
 *
 * @param scheduleBias 0–8
 * @param preservationStrength 0–8
 * @param transitionContrastBoost 1–32
 * @param maskInfluence 0–1
 * @param differenceThreshold 0–8
 * @param differenceContrast 0–8
 */
public record SoftInpainting(
        double scheduleBias,
        double preservationStrength,
        double transitionContrastBoost,
        double maskInfluence,
        double differenceThreshold,
        double differenceContrast) {
    public static final SoftInpainting DEFAULT = new SoftInpainting(1, 0.5, 4, 0, 0.5, 2);

    public SoftInpainting {
        InvalidRequest.range("soft-schedule-bias", "Schedule bias", scheduleBias, 0, 8);
        InvalidRequest.range("soft-preservation", "Preservation strength", preservationStrength, 0, 8);
        InvalidRequest.range("soft-contrast-boost", "Transition contrast boost", transitionContrastBoost, 1, 32);
        InvalidRequest.range("soft-mask-influence", "Mask influence", maskInfluence, 0, 1);
        InvalidRequest.range("soft-threshold", "Difference threshold", differenceThreshold, 0, 8);
        InvalidRequest.range("soft-contrast", "Difference contrast", differenceContrast, 0, 8);
    }
}
