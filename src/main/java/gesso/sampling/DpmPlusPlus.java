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
            double h = t(next) - t(sigma);
            FloatTensor target = denoised;
            if (old != null && next != 0) {
                double back = h / (2 * (t(sigma) - t(in.sigmas()[i - 1])));
                target = denoised.times((float) (1 + back)).minus(old.times((float) back));
            }
            x = x.times(next / sigma).plus(target, (float) -Math.expm1(-h));
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
        double h = t(to) - t(from);
        float middle = (float) Math.sqrt((double) from * to);
        FloatTensor half = x.times(middle / from).plus(denoised, (float) -Math.expm1(-h / 2));
        FloatTensor denoisedHalf = denoiser.denoise(half, middle);
        return x.times(to / from).plus(denoisedHalf, (float) -Math.expm1(-h));
    }

    /** −ln σ; infinite at 0. */
    private static double t(float sigma) {
        return -Math.log(sigma);
    }
}
