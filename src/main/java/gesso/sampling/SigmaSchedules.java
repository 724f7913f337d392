package gesso.sampling;

import gesso.request.Profile;
import gesso.request.SamplerTuning;
import gesso.request.ScheduleType;

/**
 * How the noise levels are spread over the steps: A1111's schedulers (sd_schedulers.py) and k-diffusion's get_sigmas_*; where
 * ComfyUI (samplers.py) differs, its profile has its own; diffusers' differ in their levels. All but A1111's KL Optimal
 * end with a 0.
 */
public final class SigmaSchedules {
    private static final double KARRAS_RHO = 7;
    private static final double POLYEXPONENTIAL_RHO = 1;

    /** Both parameters of the beta distribution (A1111's default). */
    private static final double BETA_SHAPE = 0.6;

    /** "Align Your Steps" (Sabour et al. 2024), ten steps, from its authors' page. */
    private static final double[] ALIGNED_SD1 = {
        14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029
    };

    private static final double[] ALIGNED_SDXL = {
        14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029
    };

    private final Profile profile;
    private final NoiseLevels levels;
    private final boolean sdxl;
    private final SamplerTuning tuning;
    private final double min;
    private final double max;

    private SigmaSchedules(Profile profile, NoiseLevels levels, boolean sdxl, SamplerTuning tuning) {
        this.profile = profile;
        this.levels = levels;
        this.sdxl = sdxl;
        this.tuning = tuning;
        Double lowest = tuning.sigmaMin();
        Double highest = tuning.sigmaMax();
        min = lowest == null ? levels.sigmaMin() : lowest;
        max = highest == null ? levels.sigmaMax() : highest;
    }

    /**
     * The falling noise levels of {@code steps} steps, steps + 1 values.
     *
     * @param type {@link ScheduleType#AUTOMATIC} is the model's own; like Uniform, Simple, DDIM and Align Your Steps it takes no
     *     notice of the tuning's smallest and largest sigma
     * @param discardPenultimate makes one level more and leaves out the last but one
     */
    public static float[] sigmas(
            ScheduleType type,
            Profile profile,
            NoiseLevels levels,
            boolean sdxl,
            int steps,
            SamplerTuning tuning,
            boolean discardPenultimate) {
        int n = discardPenultimate ? steps + 1 : steps;
        float[] sigmas = new SigmaSchedules(profile, levels, sdxl, tuning).of(type, n);
        if (!discardPenultimate) {
            return sigmas;
        }
        float[] kept = java.util.Arrays.copyOf(sigmas, sigmas.length - 1);
        kept[kept.length - 1] = sigmas[sigmas.length - 1];
        return kept;
    }

    private float[] of(ScheduleType type, int n) {
        return switch (type) {
            case AUTOMATIC, UNIFORM -> levels.uniform(n);
            case KARRAS -> karras(n, min, max, rho(KARRAS_RHO));
            case EXPONENTIAL -> exponential(n);
            case POLYEXPONENTIAL -> polyexponential(n, rho(POLYEXPONENTIAL_RHO));
            case SGM_UNIFORM -> atTimes(Float32.linspace(t(max), t(min), n + 1), n);
            case KL_OPTIMAL -> profile == Profile.COMFYUI ? withZero(klOptimal(n - 1)) : klOptimal(n);
            case ALIGN_YOUR_STEPS ->
                profile == Profile.COMFYUI ? endingAtZero(alignYourSteps(n + 1)) : alignYourSteps(n);
            case SIMPLE -> simple(n);
            case NORMAL -> atTimes(Float32.linspace(t(max), t(min), n), n);
            case DDIM -> ddim(n);
            case BETA -> profile == Profile.COMFYUI ? betaOverTime(n) : beta(n);
        };
    }

    private static float[] withZero(float[] sigmas) {
        return java.util.Arrays.copyOf(sigmas, sigmas.length + 1);
    }

    /** One level more than there are steps, whose last is made 0. */
    private static float[] endingAtZero(float[] sigmas) {
        float[] kept = java.util.Arrays.copyOf(sigmas, sigmas.length - 1);
        kept[kept.length - 1] = 0;
        return kept;
    }

    private double rho(double automatic) {
        Double own = tuning.rho();
        return own == null ? automatic : own;
    }

    private float t(double sigma) {
        return levels.sigmaToT((float) sigma);
    }

    /** Karras et al. 2022, equation 5, and a 0. */
    static float[] karras(int n, double min, double max, double rho) {
        double low = Math.pow(min, 1 / rho);
        double high = Math.pow(max, 1 / rho);
        float[] ramp = Float32.linspace(0, 1, n);
        float[] sigmas = new float[n + 1];
        for (int i = 0; i < n; i++) {
            sigmas[i] = Float32.pow((float) high + ramp[i] * (float) (low - high), (float) rho);
        }
        return sigmas;
    }

    private float[] exponential(int n) {
        float[] logs = Float32.linspace((float) Math.log(max), (float) Math.log(min), n);
        float[] sigmas = new float[n + 1];
        for (int i = 0; i < n; i++) {
            sigmas[i] = Float32.exp(logs[i]);
        }
        return sigmas;
    }

    private float[] polyexponential(int n, double rho) {
        float[] ramp = Float32.linspace(1, 0, n);
        float[] sigmas = new float[n + 1];
        float span = (float) (Math.log(max) - Math.log(min));
        for (int i = 0; i < n; i++) {
            sigmas[i] = Float32.exp(Float32.pow(ramp[i], (float) rho) * span + (float) Math.log(min));
        }
        return sigmas;
    }

    private float[] atTimes(float[] times, int n) {
        float[] sigmas = new float[n + 1];
        for (int i = 0; i < n; i++) {
            sigmas[i] = levels.tToSigma(times[i]);
        }
        return sigmas;
    }

    private float[] klOptimal(int n) {
        float low = (float) Math.atan((float) min);
        float high = (float) Math.atan((float) max);
        float[] sigmas = new float[n + 1];
        for (int i = 0; i <= n; i++) {
            float part = n == 0 ? 0 : (float) i / n;
            sigmas[i] = (float) Math.tan(part * low + (1 - part) * high);
        }
        return sigmas;
    }

    private float[] alignYourSteps(int n) {
        double[] table = sdxl ? ALIGNED_SDXL : ALIGNED_SD1;
        float[] sigmas = new float[n + 1];
        for (int i = 0; i < n; i++) {
            sigmas[i] = (float) (n == table.length ? table[i] : logLinear(table, n == 1 ? 1 : i / (n - 1.0)));
        }
        return sigmas;
    }

    /** The falling table, read between its points on a logarithmic scale; a single step takes A1111's odd choice, its end. */
    private static double logLinear(double[] table, double place) {
        double at = place * (table.length - 1);
        int low = Math.min((int) at, table.length - 2);
        double w = at - low;
        return Math.exp((1 - w) * Math.log(table[low]) + w * Math.log(table[low + 1]));
    }

    private float[] simple(int n) {
        float[] all = levels.sigmas();
        double stride = (double) all.length / n;
        float[] sigmas = new float[n + 1];
        for (int i = 0; i < n; i++) {
            sigmas[i] = all[all.length - 1 - (int) (i * stride)];
        }
        return sigmas;
    }

    /** Every stride-th level: where the stride does not divide the levels, more steps than were asked for. */
    private float[] ddim(int n) {
        float[] all = levels.sigmas();
        int stride = Math.max(all.length / n, 1);
        int count = (all.length - 2) / stride + 1;
        float[] sigmas = new float[count + 1];
        for (int i = 0; i < count; i++) {
            sigmas[count - 1 - i] = all[1 + i * stride];
        }
        return sigmas;
    }

    /** "Beta Sampling is All You Need" (Lee et al. 2024), in the form that A1111 gave it. */
    private float[] beta(int n) {
        float[] sigmas = new float[n + 1];
        for (int i = 0; i < n; i++) {
            double p = n == 1 ? 1 : 1 - i / (n - 1.0);
            sigmas[i] = (float) (min + SymmetricBeta.quantile(p, BETA_SHAPE) * (max - min));
        }
        return sigmas;
    }

    /** The same paper's own form: the quantiles choose timesteps, and one that is chosen twice counts once. */
    private float[] betaOverTime(int n) {
        float[] all = levels.sigmas();
        float[] sigmas = new float[n + 1];
        int count = 0;
        long last = -1;
        for (int i = 0; i < n; i++) {
            double p = 1 - (double) i / n;
            long t = (long) Math.rint(SymmetricBeta.quantile(p, BETA_SHAPE) * (all.length - 1));
            if (t != last) {
                sigmas[count++] = all[(int) t];
            }
            last = t;
        }
        return java.util.Arrays.copyOf(sigmas, count + 1);
    }
}
