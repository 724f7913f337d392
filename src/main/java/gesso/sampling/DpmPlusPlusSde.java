package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * DPM-Solver++ for the diffusion SDE: single-step, multistep of second and of third order (k-diffusion). Every single number is
 * rounded as torch rounds it, because the Brownian noise depends on the last bits of σ.
 */
final class DpmPlusPlusSde {
    private DpmPlusPlusSde() {}

    /** DPM++ SDE, with its midpoint at half the step in log σ. */
    static FloatTensor singlestep(SamplerInput in) {
        FloatTensor x = in.x();
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            if (next == 0) {
                x = x.plus(EulerSamplers.slope(x, sigma, denoised), next - sigma);
                continue;
            }
            float t = t(sigma);
            float tNext = t(next);
            float s = t + (tNext - t) * 0.5f;
            FloatTensor half = stochastic(in, x, denoised, t, s);
            FloatTensor denoisedHalf = in.denoiser().denoise(half, sigma(s));
            x = stochastic(in, x, denoisedHalf, t, tNext);
        }
        return x;
    }

    private static FloatTensor stochastic(SamplerInput in, FloatTensor x, FloatTensor denoised, float t, float to) {
        AncestralStep step = AncestralStep.of(sigma(t), sigma(to), in.eta());
        float tDown = t(step.down());
        FloatTensor down = x.times(sigma(tDown) / sigma(t)).minus(denoised.times(Float32.expm1(t - tDown)));
        return down.plus(in.noise().between(sigma(t), sigma(to)).times(in.noiseScale()), step.up());
    }

    /** DPM++ 2M SDE, with the midpoint rule or Heun's. */
    static FloatTensor multistep(SamplerInput in, boolean heun) {
        FloatTensor x = in.x();
        @Nullable FloatTensor old = null;
        float hLast = 0;
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            if (next == 0) {
                return denoised;
            }
            float h = t(next) - t(sigma);
            float etaH = in.eta() * h;
            float reach = -Float32.expm1(-h - etaH);
            x = x.times(next / sigma * Float32.exp(-etaH)).plus(denoised.times(reach));
            if (old != null) {
                float weight = heun ? reach / (-h - etaH) + 1 : 0.5f * reach;
                x = x.plus(denoised.minus(old), weight * (1 / (hLast / h)));
            }
            x = withNoise(in, x, sigma, next, -2 * etaH);
            old = denoised;
            hLast = h;
        }
        return x;
    }

    /** DPM++ 3M SDE. */
    static FloatTensor thirdOrder(SamplerInput in) {
        FloatTensor x = in.x();
        @Nullable FloatTensor denoised1 = null;
        @Nullable FloatTensor denoised2 = null;
        float h1 = 0;
        float h2 = 0;
        for (int i = 0; i < in.steps(); i++) {
            float sigma = in.sigmas()[i];
            float next = in.sigmas()[i + 1];
            FloatTensor denoised = in.denoiser().denoise(x, sigma);
            in.done(i, sigma, denoised);
            if (next == 0) {
                return denoised;
            }
            float h = t(next) - t(sigma);
            float hEta = h * (in.eta() + 1);
            x = x.times(Float32.exp(-hEta)).plus(denoised.times(-Float32.expm1(-hEta)));
            if (denoised1 != null) {
                x = x.plus(correction(denoised, denoised1, denoised2, hEta, h1 / h, h2 / h));
            }
            x = withNoise(in, x, sigma, next, -2 * h * in.eta());
            denoised2 = denoised1;
            denoised1 = denoised;
            h2 = h1;
            h1 = h;
        }
        return x;
    }

    /** The terms of second and third order, from the last one or two pictures. */
    private static FloatTensor correction(
            FloatTensor now, FloatTensor last, @Nullable FloatTensor beforeLast, float hEta, float r0, float r1) {
        float phi2 = Float32.expm1(-hEta) / hEta + 1;
        FloatTensor recent = now.minus(last).dividedBy(r0);
        if (beforeLast == null) {
            return recent.times(phi2);
        }
        FloatTensor older = last.minus(Objects.requireNonNull(beforeLast)).dividedBy(r1);
        FloatTensor bend = recent.minus(older);
        FloatTensor d1 = recent.plus(bend.times(r0).dividedBy(r0 + r1));
        FloatTensor d2 = bend.dividedBy(r0 + r1);
        float phi3 = phi2 / hEta - 0.5f;
        return d1.times(phi2).minus(d2.times(phi3));
    }

    private static FloatTensor withNoise(SamplerInput in, FloatTensor x, float sigma, float next, float exponent) {
        if (in.eta() == 0) {
            return x;
        }
        FloatTensor noise = in.noise().between(sigma, next).times(next).times(Float32.sqrt(-Float32.expm1(exponent)));
        return x.plus(noise, in.noiseScale());
    }

    private static float t(float sigma) {
        return -Float32.log(sigma);
    }

    private static float sigma(float t) {
        return Float32.exp(-t);
    }
}
