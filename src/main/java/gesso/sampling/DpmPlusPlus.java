package gesso.sampling;

import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** DPM-Solver++ (Lu et al. 2022): the multistep second-order one, and the single-step one with ancestral noise. */
final class DpmPlusPlus {
    private DpmPlusPlus() {}

    /** DPM++ 2M. */
    static FloatTensor multistep(SamplerInput in) {
        FloatTensor x = in.x();
        @Nullable FloatTensor old = null;
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            float t = t(sigma);
            float tNext = t(next);
            float h = tNext - t;
            FloatTensor target = denoised;
            if (old != null && next != 0) {
                float r = (t - t(in.sigmas()[i - 1])) / h;
                float back = 1 / (2 * r);
                target = denoised.times(1 + back).minus(old.times(back));
            }
            x = x.times(sigma(tNext) / sigma(t)).minus(target.times(Float32.expm1(-h)));
            old = denoised;
        }
        return x;
    }

    /** DPM++ 2S a. */
    static FloatTensor secondOrderAncestral(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            AncestralStep step = AncestralStep.of(sigma, next, in.eta());
            if (step.down() == 0) {
                x = x.plus(EulerSamplers.slope(x, sigma, denoised), step.down() - sigma);
            } else {
                x = secondOrder(in.denoiser(), x, denoised, sigma, step.down());
            }
            if (next > 0) {
                x = x.plus(in.noise().between(sigma, next).times(in.noiseScale()), step.up());
            }
        }
        return x;
    }

    private static FloatTensor secondOrder(
            Denoiser denoiser, FloatTensor x, FloatTensor denoised, float from, float to) {
        float t = t(from);
        float tNext = t(to);
        float h = tNext - t;
        float s = t + 0.5f * h;
        FloatTensor half = x.times(sigma(s) / sigma(t)).minus(denoised.times(Float32.expm1(-h * 0.5f)));
        FloatTensor denoisedHalf = denoiser.denoise(half, sigma(s));
        return x.times(sigma(tNext) / sigma(t)).minus(denoisedHalf.times(Float32.expm1(-h)));
    }

    /** −log σ; infinite at 0. */
    static float t(float sigma) {
        return -Float32.log(sigma);
    }

    static float sigma(float t) {
        return Float32.exp(-t);
    }
}
