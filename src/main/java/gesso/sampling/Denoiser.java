package gesso.sampling;

import gesso.tensor.FloatTensor;

/** A guess at the picture under the noise: all that the samplers of k-diffusion know of a network. */
@FunctionalInterface
public interface Denoiser {
    /**
     * Guesses the picture.
     *
     * @param x picture + noise·σ, [1, 4, h, w]
     * @return the denoised picture, a new tensor
     */
    FloatTensor denoise(FloatTensor x, float sigma);
}
