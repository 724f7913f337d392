package gesso.sampling;

/**
 * A network with what must be known to sample from it.
 *
 * @param sdxl whether "Align Your Steps" means its SDXL table
 */
public record DiffusionModel(NoisePredictor network, TrainingSchedule schedule, Prediction prediction, boolean sdxl) {}
