package gesso.sampling;

import gesso.tensor.FloatTensor;

/** A network whose prompt is one mixture and whose negative prompt is another. */
final class MixtureNetwork implements NoisePredictor {
    static final TrainingSchedule SCHEDULE = TrainingSchedule.stableDiffusion();
    static final Conditioning POSITIVE = new Conditioning(FloatTensor.zeros(1, 77, 1), null);
    static final Conditioning NEGATIVE = new Conditioning(FloatTensor.zeros(1, 77, 1), null);

    private final Prediction prediction;
    int positiveRuns;
    int negativeRuns;

    MixtureNetwork(Prediction prediction) {
        this.prediction = prediction;
    }

    DiffusionModel model() {
        return new DiffusionModel(this, SCHEDULE, prediction, false);
    }

    @Override
    public FloatTensor predict(FloatTensor x, double timestep, Conditioning conditioning, Moment moment) {
        boolean negative = conditioning.context() == NEGATIVE.context();
        if (negative != moment.negative()) {
            throw new AssertionError("the moment says " + moment);
        }
        if (negative) {
            negativeRuns++;
        } else {
            positiveRuns++;
        }
        Mixture mixture = negative ? Mixture.UNCOND : Mixture.COND;
        double sigma = sigma(timestep);
        double scale = Math.sqrt(sigma * sigma + 1);
        float[] out = new float[x.size()];
        for (int i = 0; i < out.length; i++) {
            double at = x.data()[i] * scale;
            double picture = mixture.denoise(at, sigma);
            double noise = (at - picture) / sigma;
            out[i] = (float) (prediction == Prediction.V ? (noise - picture * sigma) / scale : noise);
        }
        return FloatTensor.of(out, x.shape());
    }

    private static double sigma(double t) {
        int low = Math.min((int) t, SCHEDULE.timesteps() - 2);
        double w = t - low;
        return Math.exp((1 - w) * log(low) + w * log(low + 1));
    }

    private static double log(int t) {
        double alpha = SCHEDULE.alphaCumprod(t);
        return 0.5 * Math.log((1 - alpha) / alpha);
    }
}
