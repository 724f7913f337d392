package gesso.sampling;

import java.util.function.Supplier;

/**
 * A second network that takes the first one's place in the middle of the sampling: A1111's refiner.
 *
 * @param at the part of the training's timesteps that the first network goes through, 0–1
 * @param next makes the second one ready; called once
 */
public record Handover(double at, Supplier<Stage> next) {
    /** A network and the prompts as it sees them. */
    public record Stage(DiffusionModel model, Guidance guidance) {}

    /** Whether the second network's turn has come, at the timestep of the noise level to be taken off. */
    boolean isDue(int timestep, int timesteps) {
        return (float) (timesteps - 1 - timestep) / timesteps >= (float) at;
    }
}
