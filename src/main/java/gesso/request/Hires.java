package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * The second, larger pass of text-to-image ("hires fix").
 *
 * @param scale factor of both sides, 1–4; ignored where a size is given
 * @param size the size to reach; null: by the factor
 * @param upscaler a latent one ({@code Latent}, {@code Latent (nearest-exact)} …) or one of pixels ({@code Lanczos} …)
 * @param steps steps of the second pass, 0–150; 0: as many as the first
 * @param denoisingStrength how much of the enlarged picture is painted anew, 0–1
 * @param sampler null: the first pass's
 * @param schedule null: the first pass's
 * @param cfgScale 0: the first pass's
 * @param prompt empty: the first pass's
 * @param negativePrompt empty: the first pass's
 */
public record Hires(
        double scale,
        @Nullable Size size,
        String upscaler,
        int steps,
        double denoisingStrength,
        @Nullable Sampler sampler,
        @Nullable ScheduleType schedule,
        double cfgScale,
        String prompt,
        String negativePrompt) {
    public static final Hires DEFAULT = new Hires(2, null, "Latent", 0, 0.7, null, null, 0, "", "");

    public Hires {
        InvalidRequest.range("hires-scale", "Hires scale", scale, 1, 4);
        InvalidRequest.range("hires-steps", "Hires steps", steps, 0, 150);
        InvalidRequest.range("denoise", "Denoising strength", denoisingStrength, 0, 1);
        InvalidRequest.range("hires-cfg", "Hires CFG scale", cfgScale, 0, 30);
    }

    public Hires withUpscaler(String value) {
        return new Hires(
                scale, size, value, steps, denoisingStrength, sampler, schedule, cfgScale, prompt, negativePrompt);
    }

    public Hires withPrompts(String newPrompt, String newNegativePrompt) {
        return new Hires(
                scale,
                size,
                upscaler,
                steps,
                denoisingStrength,
                sampler,
                schedule,
                cfgScale,
                newPrompt,
                newNegativePrompt);
    }

    public Hires withSteps(int value) {
        return new Hires(
                scale, size, upscaler, value, denoisingStrength, sampler, schedule, cfgScale, prompt, negativePrompt);
    }

    public Hires withDenoisingStrength(double value) {
        return new Hires(scale, size, upscaler, steps, value, sampler, schedule, cfgScale, prompt, negativePrompt);
    }
}
