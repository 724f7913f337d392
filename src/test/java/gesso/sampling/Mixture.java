package gesso.sampling;

import gesso.tensor.FloatTensor;

/** The ideal denoiser of goldens/sampling/mixture.py, in double precision. */
record Mixture(double[] weights, double[] means, double[] deviations) {
    static final Mixture COND =
            new Mixture(new double[] {.5, .3, .2}, new double[] {-1.2, .3, 1.4}, new double[] {.4, .3, .5});
    static final Mixture UNCOND =
            new Mixture(new double[] {.2, .5, .3}, new double[] {-.7, .1, 1}, new double[] {.6, .5, .4});

    FloatTensor denoise(FloatTensor x, double sigma) {
        float[] out = new float[x.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) denoise(x.data()[i], sigma);
        }
        return FloatTensor.of(out, x.shape());
    }

    double denoise(double x, double sigma) {
        double sum = 0;
        double guess = 0;
        double[] logs = new double[weights.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            double variance = deviations[k] * deviations[k] + sigma * sigma;
            double d = x - means[k];
            logs[k] = Math.log(weights[k]) - 0.5 * Math.log(variance) - d * d / (2 * variance);
            most = Math.max(most, logs[k]);
        }
        for (int k = 0; k < logs.length; k++) {
            double s2 = deviations[k] * deviations[k];
            double share = Math.exp(logs[k] - most);
            sum += share;
            guess += share * (s2 * x + sigma * sigma * means[k]) / (s2 + sigma * sigma);
        }
        return guess / sum;
    }
}
