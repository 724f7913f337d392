package gesso.sampling;

/**
 * ln √ᾱ of the training schedule as a piecewise linear function of time, t = (timestep + 1) / 1000 (DPM-Solver's
 * NoiseScheduleVP). In double precision, because 1 − ᾱ loses its digits near the picture.
 */
final class LogAlpha {
    private final double[] logAlphas;

    LogAlpha(TrainingSchedule schedule) {
        logAlphas = new double[schedule.timesteps()];
        for (int i = 0; i < logAlphas.length; i++) {
            logAlphas[i] = 0.5 * Math.log(schedule.alphaCumprod(i));
        }
    }

    /** √ᾱ. */
    double alpha(double t) {
        return Math.exp(at(t));
    }

    /** √(1−ᾱ). */
    double sigma(double t) {
        return Math.sqrt(-Math.expm1(2 * at(t)));
    }

    /** ln(√ᾱ/√(1−ᾱ)). */
    double lambda(double t) {
        return at(t) - Math.log(sigma(t));
    }

    /** The outermost pieces go on beyond both ends. */
    private double at(double t) {
        int n = logAlphas.length;
        double place = t * n - 1;
        int low = Math.min(Math.max((int) Math.floor(place), 0), n - 2);
        double w = place - low;
        return logAlphas[low] + w * (logAlphas[low + 1] - logAlphas[low]);
    }
}
