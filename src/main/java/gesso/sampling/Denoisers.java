package gesso.sampling;

import gesso.sampling.NoisePredictor.Moment;
import gesso.tensor.FloatTensor;

/** The wrappers that turn a network's own prediction into what the samplers work with (k-diffusion's external.py). */
final class Denoisers {
    /** LCM's boundary condition: deviation of the data, and the factor on the timestep (Luo et al. 2023). */
    private static final float LCM_SIGMA_DATA = 0.5f;

    private static final float LCM_TIMESTEP_SCALE = 10;

    private Denoisers() {}

    /** The denoised picture from x = picture + noise·σ. */
    static ConditionalDenoiser ofSigma(DiffusionModel model, NoiseLevels levels) {
        return switch (model.prediction()) {
            case EPSILON ->
                (x, sigma, conditioning, moment) -> x.plus(run(model, levels, x, sigma, conditioning, moment), -sigma);
            case V ->
                (x, sigma, conditioning, moment) -> {
                    float variance = sigma * sigma + 1;
                    FloatTensor v = run(model, levels, x, sigma, conditioning, moment);
                    return v.times(-sigma / Float32.sqrt(variance)).plus(x, 1 / variance);
                };
        };
    }

    /** The consistency function: the denoised picture, mixed with x so that it is x itself at no noise. */
    static ConditionalDenoiser ofLcm(DiffusionModel model, NoiseLevels levels) {
        ConditionalDenoiser plain = ofSigma(model, levels);
        return (x, sigma, conditioning, moment) -> {
            float t = levels.sigmaToT(sigma) * LCM_TIMESTEP_SCALE;
            float data = LCM_SIGMA_DATA * LCM_SIGMA_DATA;
            float sum = t * t + data;
            return plain.evaluate(x, sigma, conditioning, moment)
                    .times(t / Float32.sqrt(sum))
                    .plus(x, data / sum);
        };
    }

    /** The noise in x = √ᾱ·picture + √(1−ᾱ)·noise, the scale that the network itself works on. */
    static ConditionalDenoiser ofTimestep(DiffusionModel model) {
        return switch (model.prediction()) {
            case EPSILON -> (x, t, conditioning, moment) -> model.network().predict(x, t, conditioning, moment);
            case V ->
                (x, t, conditioning, moment) -> {
                    float alpha = model.schedule().alphaCumprod((int) t);
                    FloatTensor v = model.network().predict(x, t, conditioning, moment);
                    return v.times(Float32.sqrt(alpha)).plus(x, Float32.sqrt(1 - alpha));
                };
        };
    }

    private static FloatTensor run(
            DiffusionModel model, NoiseLevels levels, FloatTensor x, float sigma, Conditioning c, Moment moment) {
        float scale = 1 / Float32.sqrt(sigma * sigma + 1);
        return model.network().predict(x.times(scale), levels.sigmaToT(sigma), c, moment);
    }
}
