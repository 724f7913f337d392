package gesso.sampling;

import gesso.tensor.FloatTensor;

/** The noise that a sampler adds on its way from one noise level to the next. */
@FunctionalInterface
public interface StepNoise {
    /** Noise of deviation 1, in the latent's shape. */
    FloatTensor between(float sigma, float sigmaNext);
}
