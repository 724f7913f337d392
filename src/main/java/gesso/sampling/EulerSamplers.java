package gesso.sampling;

import gesso.tensor.FloatTensor;

/** Euler's method and its second-order relatives (Karras et al. 2022, algorithm 2), plain and ancestral; LCM. */
final class EulerSamplers {
    private static final float MOST_CHURN = (float) (Math.sqrt(2) - 1);

    private EulerSamplers() {}

    static FloatTensor euler(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            Churned c = churned(in, x, i);
            FloatTensor denoised = in.denoiser().denoise(c.x, c.sigma);
            in.done(i, c.sigma, denoised);
            x = c.x.plus(slope(c.x, c.sigma, denoised), in.sigmas()[i + 1] - c.sigma);
        }
        return x;
    }

    static FloatTensor heun(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            Churned c = churned(in, x, i);
            FloatTensor denoised = in.denoiser().denoise(c.x, c.sigma);
            in.done(i, c.sigma, denoised);
            x = heunStep(in.denoiser(), c.x, denoised, c.sigma, in.sigmas()[i + 1]);
        }
        return x;
    }

    /** One step with the slopes of both its ends, or, to level 0, with the first's alone. */
    static FloatTensor heunStep(Denoiser denoiser, FloatTensor x, FloatTensor denoised, float from, float to) {
        FloatTensor slope = slope(x, from, denoised);
        FloatTensor end = x.plus(slope, to - from);
        if (to == 0) {
            return end;
        }
        FloatTensor slopeAtEnd = slope(end, to, denoiser.denoise(end, to));
        return x.plus(slope.plus(slopeAtEnd).dividedBy(2), to - from);
    }

    static FloatTensor dpm2(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            Churned c = churned(in, x, i);
            FloatTensor denoised = in.denoiser().denoise(c.x, c.sigma);
            in.done(i, c.sigma, denoised);
            x = midpointStep(in.denoiser(), c.x, denoised, c.sigma, in.sigmas()[i + 1]);
        }
        return x;
    }

    /** One step with the slope of its middle in log σ (DPM-Solver-2's), or, to level 0, an Euler step. */
    private static FloatTensor midpointStep(
            Denoiser denoiser, FloatTensor x, FloatTensor denoised, float from, float to) {
        FloatTensor slope = slope(x, from, denoised);
        if (to == 0) {
            return x.plus(slope, to - from);
        }
        // torch's lerp goes from the far end when the weight is a half or more.
        float logTo = Float32.log(to);
        float middle = Float32.exp(logTo - (logTo - Float32.log(from)) * 0.5f);
        FloatTensor half = x.plus(slope, middle - from);
        return x.plus(slope(half, middle, denoiser.denoise(half, middle)), to - from);
    }

    static FloatTensor ancestral(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            AncestralStep step = AncestralStep.of(sigma, next, in.eta());
            x = x.plus(slope(x, sigma, denoised), step.down() - sigma);
            if (next > 0) {
                // A1111 gives this sampler no noise scale.
                x = x.plus(in.noise().between(sigma, next), step.up());
            }
        }
        return x;
    }

    static FloatTensor dpm2Ancestral(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            AncestralStep step = AncestralStep.of(sigma, next, in.eta());
            x = midpointStep(in.denoiser(), x, denoised, sigma, step.down());
            if (step.down() != 0) {
                x = x.plus(in.noise().between(sigma, next).times(in.noiseScale()), step.up());
            }
        }
        return x;
    }

    /** Latent consistency models (Luo et al. 2023): jump to the picture, go back up with fresh noise. */
    static FloatTensor lcm(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            float next = in.sigmas()[i + 1];
            x = in.denoiser().denoise(x, in.sigmas()[i]);
            in.done(i, in.sigmas()[i], x);
            if (next > 0) {
                x = x.plus(in.noise().between(in.sigmas()[i], next), next);
            }
        }
        return x;
    }

    /** dx/dσ. */
    static FloatTensor slope(FloatTensor x, float sigma, FloatTensor denoised) {
        return x.minus(denoised).dividedBy(sigma);
    }

    private record Churned(FloatTensor x, float sigma) {}

    /** Goes up a little with fresh noise before the step, where the tuning asks for it. */
    private static Churned churned(SamplerInput in, FloatTensor x, int i) {
        if (in.tuning().sChurn() == 0) {
            return new Churned(x, in.sigmas()[i]);
        }
        float sigma = in.sigmas()[i];
        double most = in.tuning().sTmax() == 0
                ? Double.POSITIVE_INFINITY
                : in.tuning().sTmax();
        boolean within = in.tuning().sTmin() <= sigma && sigma <= most;
        float gamma = within ? Math.min((float) (in.tuning().sChurn() / in.steps()), MOST_CHURN) : 0;
        // Noise is drawn at every step, used or not, as k-diffusion does.
        FloatTensor noise = in.noise().between(sigma, sigma).times(in.noiseScale());
        float up = sigma * (gamma + 1);
        return gamma > 0
                ? new Churned(x.plus(noise, Float32.sqrt(up * up - sigma * sigma)), up)
                : new Churned(x, sigma);
    }
}
