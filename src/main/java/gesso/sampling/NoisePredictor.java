package gesso.sampling;

import gesso.tensor.FloatTensor;

/** The network. It gives what it was trained for, noise (epsilon) or v; {@link DiffusionModel} says which. */
@FunctionalInterface
public interface NoisePredictor {
    /**
     * Runs the network once.
     *
     * @param x the latent at the network's own scale, [1, 4, h, w]
     * @param timestep 0–999, maybe a fraction
     * @return a new tensor of x's shape
     */
    FloatTensor predict(FloatTensor x, double timestep, Conditioning conditioning, Moment moment);

    /**
     * Where in the picture's making this run is, for what is switched on and off over the steps (ControlNet).
     *
     * @param step sampling steps that were reported as done, as A1111 counts them: 0 in the first two steps
     * @param current the step under way, 0 in the first, as diffusers counts them
     * @param steps sampling steps in all
     * @param negative whether this is the run for the negative prompt
     */
    record Moment(int step, int current, int steps, boolean negative) {}
}
