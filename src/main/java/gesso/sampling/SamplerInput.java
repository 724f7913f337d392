package gesso.sampling;

import gesso.request.SamplerTuning;
import gesso.tensor.FloatTensor;

/**
 * What a sampler of k-diffusion works with.
 *
 * @param x picture + noise·sigmas[0], [1, 4, h, w]
 * @param sigmas falling noise levels, at least two; the last is 0 except with KL Optimal
 * @param span what DPM fast and DPM adaptive run over; they choose their own levels in it
 * @param noise what ancestral and SDE samplers add
 * @param eta how much of it, 0–1
 */
public record SamplerInput(
        Denoiser denoiser,
        FloatTensor x,
        float[] sigmas,
        Span span,
        StepNoise noise,
        float eta,
        SamplerTuning tuning,
        StepListener listener) {
    /**
     * A range of noise levels.
     *
     * @param runs of the network that DPM fast may spend
     */
    public record Span(float max, float min, int runs) {
        /** The span of a schedule: its last level is 0, which those two samplers cannot reach, so the last but one. */
        static Span of(float[] sigmas) {
            return new Span(sigmas[0], sigmas[sigmas.length - 2], sigmas.length - 1);
        }
    }

    public SamplerInput {
        if (sigmas.length < 2) {
            throw new IllegalArgumentException(sigmas.length + " noise levels");
        }
    }

    int steps() {
        return sigmas.length - 1;
    }

    float noiseScale() {
        return (float) tuning.sNoise();
    }

    void done(int index, float sigma, FloatTensor denoised) {
        listener.onStep(index, steps(), sigma, denoised);
    }
}
