package gesso.sampling;

/** The 50 noise levels that latent consistency models know, every 20th of the training schedule (A1111's LCMCompVisDenoiser). */
final class LcmLevels implements NoiseLevels {
    private static final int COUNT = 50;

    /** Logarithms that differ by less are equal but for rounding, which must not decide. */
    private static final float TIE = 1e-6f;

    private final float[] sigmas = new float[COUNT];
    private final float[] logSigmas = new float[COUNT];
    private final int skip;

    LcmLevels(TrainingSchedule schedule) {
        skip = schedule.timesteps() / COUNT;
        for (int i = 0; i < COUNT; i++) {
            sigmas[i] = schedule.sigma(schedule.timesteps() - 1 - (COUNT - 1 - i) * skip);
            logSigmas[i] = Float32.log(sigmas[i]);
        }
    }

    @Override
    public float[] sigmas() {
        return sigmas.clone();
    }

    /** The nearest known level's timestep; halfway between two levels, where evenly spaced steps often fall, the lower one's. */
    @Override
    public float sigmaToT(float sigma) {
        float log = Float32.log(sigma);
        int nearest = 0;
        for (int i = 1; i < COUNT; i++) {
            if (Math.abs(log - logSigmas[i]) < Math.abs(log - logSigmas[nearest]) - TIE) {
                nearest = i;
            }
        }
        return nearest * skip + skip - 1;
    }

    @Override
    public float tToSigma(float t) {
        float index = Math.min(Math.max((t - (skip - 1)) / skip, 0), COUNT - 1);
        int low = (int) Math.floor(index);
        int high = (int) Math.ceil(index);
        float w = index - low;
        return Float32.exp((1 - w) * logSigmas[low] + w * logSigmas[high]);
    }

    @Override
    public float[] uniform(int n) {
        float[] times = Float32.linspace(sigmaToT(sigmaMax()), sigmaToT(sigmaMin()), n);
        float[] levels = new float[n + 1];
        for (int i = 0; i < n; i++) {
            levels[i] = tToSigma(times[i]);
        }
        return levels;
    }
}
