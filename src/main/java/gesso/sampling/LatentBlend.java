package gesso.sampling;

import gesso.tensor.FloatTensor;

/** How the original picture holds its place where an inpainting mask keeps it. */
public interface LatentBlend {
    /**
     * The blend within a step.
     *
     * @param latent what the sampler has, [1, 4, h, w]
     * @param level σ, or the timestep with DDIM, DDIM CFG++, PLMS and UniPC
     */
    FloatTensor blend(FloatTensor latent, double level);

    /** The blend after the last step. */
    FloatTensor finish(FloatTensor latent);
}
