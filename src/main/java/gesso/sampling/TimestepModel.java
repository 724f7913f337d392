package gesso.sampling;

import gesso.tensor.FloatTensor;

/** A guess at the noise: all that DDIM and its relatives know of a network. */
public interface TimestepModel {
    /**
     * Guesses the noise.
     *
     * @param x √ᾱ·picture + √(1−ᾱ)·noise, [1, 4, h, w]
     * @param timestep 0–999, maybe a fraction
     */
    FloatTensor noise(FloatTensor x, float timestep);

    /** The noise that the last call saw without the prompt; CFG++ goes on from it. */
    FloatTensor lastNegativeNoise();
}
