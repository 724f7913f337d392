package gesso.sampling;

/**
 * The noise levels that a Stable Diffusion network was trained on: ᾱ(t), σ(t) = √((1−ᾱ)/ᾱ), and σ ↔ t, piecewise linear in
 * log σ (k-diffusion's external.py).
 */
public final class TrainingSchedule implements NoiseLevels {
    /** Number of timesteps of all Stable Diffusion models. */
    public static final int TIMESTEPS = 1000;

    /** ᾱ of the last timestep of a schedule with zero terminal SNR: a true 0 would make σ infinite. */
    private static final float LEAST_ALPHA = 4.897345e-8f;

    private final float[] alphasCumprod;
    private final float[] sigmas;
    private final float[] logSigmas;

    private TrainingSchedule(float[] alphasCumprod) {
        this.alphasCumprod = alphasCumprod;
        sigmas = new float[alphasCumprod.length];
        logSigmas = new float[alphasCumprod.length];
        for (int i = 0; i < sigmas.length; i++) {
            sigmas[i] = Float32.sqrt((1 - alphasCumprod[i]) / alphasCumprod[i]);
            logSigmas[i] = Float32.log(sigmas[i]);
        }
    }

    /** Scaled-linear betas .00085 → .012: every SD1, SD2 and SDXL model whose file says nothing else. */
    public static TrainingSchedule stableDiffusion() {
        double first = Math.sqrt(0.00085);
        double last = Math.sqrt(0.012);
        double step = (last - first) / (TIMESTEPS - 1);
        float[] alphas = new float[TIMESTEPS];
        double product = 1;
        for (int i = 0; i < TIMESTEPS; i++) {
            double root = i < TIMESTEPS / 2 ? first + i * step : last - (TIMESTEPS - 1 - i) * step;
            product *= 1 - root * root;
            alphas[i] = (float) product;
        }
        return new TrainingSchedule(alphas);
    }

    /** The schedule of a checkpoint that has its own {@code alphas_cumprod} (falling, within 0–1, at least two). */
    public static TrainingSchedule of(float[] alphasCumprod) {
        if (alphasCumprod.length < 2) {
            throw new IllegalArgumentException(alphasCumprod.length + " timesteps");
        }
        for (float alpha : alphasCumprod) {
            if (!(alpha > 0 && alpha < 1)) {
                throw new IllegalArgumentException("alphas_cumprod has " + alpha);
            }
        }
        return new TrainingSchedule(alphasCumprod.clone());
    }

    /** Rescaled so that the last timestep is all noise (Lin et al. 2023, algorithm 1), as models with {@code ztsnr} need. */
    public TrainingSchedule zeroTerminalSnr() {
        int last = alphasCumprod.length - 1;
        float first = Float32.sqrt(alphasCumprod[0]);
        float end = Float32.sqrt(alphasCumprod[last]);
        float scale = first / (first - end);
        float[] alphas = new float[alphasCumprod.length];
        for (int i = 0; i < last; i++) {
            float root = (Float32.sqrt(alphasCumprod[i]) - end) * scale;
            alphas[i] = root * root;
        }
        alphas[last] = LEAST_ALPHA;
        return new TrainingSchedule(alphas);
    }

    /** ᾱ of a whole timestep. */
    public float alphaCumprod(int t) {
        return alphasCumprod[t];
    }

    /** The noise level of a whole timestep. */
    public float sigma(int t) {
        return sigmas[t];
    }

    public int timesteps() {
        return alphasCumprod.length;
    }

    @Override
    public float[] sigmas() {
        return sigmas.clone();
    }

    @Override
    public float sigmaMin() {
        return sigmas[0];
    }

    @Override
    public float sigmaMax() {
        return sigmas[sigmas.length - 1];
    }

    @Override
    public float sigmaToT(float sigma) {
        float log = Float32.log(sigma);
        int low = 0;
        int high = logSigmas.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (logSigmas[middle] <= log) {
                low = middle;
            } else {
                high = middle;
            }
        }
        float w = (logSigmas[low] - log) / (logSigmas[low] - logSigmas[high]);
        w = Math.min(Math.max(w, 0), 1);
        return (1 - w) * low + w * high;
    }

    @Override
    public float tToSigma(float t) {
        float within = Math.min(Math.max(t, 0), logSigmas.length - 1);
        int low = (int) Math.floor(within);
        int high = (int) Math.ceil(within);
        float w = within - low;
        return Float32.exp((1 - w) * logSigmas[low] + w * logSigmas[high]);
    }

    @Override
    public float[] uniform(int n) {
        float[] t = Float32.linspace(sigmas.length - 1, 0, n);
        float[] levels = new float[n + 1];
        for (int i = 0; i < n; i++) {
            levels[i] = tToSigma(t[i]);
        }
        return levels;
    }
}
