package gesso.sampling;

/** The noise levels (sigmas) that a network knows, and the timesteps that stand for them. */
public interface NoiseLevels {
    /** The levels in rising order. */
    float[] sigmas();

    /** The timestep, maybe a fraction, of a noise level; levels outside the known range get the nearest end's. */
    float sigmaToT(float sigma);

    /** The noise level of a timestep, which may be a fraction. */
    float tToSigma(float t);

    /** {@code n} levels evenly spaced in time, falling, and a 0. */
    float[] uniform(int n);

    default float sigmaMin() {
        return sigmas()[0];
    }

    default float sigmaMax() {
        float[] sigmas = sigmas();
        return sigmas[sigmas.length - 1];
    }
}
