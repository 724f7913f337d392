package gesso.sampling;

import gesso.tensor.FloatTensor;

/** A denoiser that can be told what the picture shows: the layer between the network and the guidance. */
@FunctionalInterface
interface ConditionalDenoiser {
    /**
     * The prediction for one prompt.
     *
     * @param level σ for the samplers of k-diffusion, which get the denoised picture; a timestep for the timestep samplers,
     *     which get the noise
     */
    FloatTensor evaluate(FloatTensor x, float level, Conditioning conditioning, NoisePredictor.Moment moment);
}
