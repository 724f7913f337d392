package gesso.sampling;

import gesso.tensor.FloatTensor;

/**
 * Gives the guided prediction the spread of the unguided positive one (Lin et al. 2023, section 3.4), in terms of v as the paper
 * and ComfyUI do, whatever the network predicts.
 */
final class CfgRescale {
    private final float phi;
    private final Velocity velocity;

    /** The two directions between a family's own prediction and v = (prediction − x·back)·scale, at a noise level. */
    interface Velocity {
        Line at(float level);
    }

    /** v = prediction·own + x·input. */
    record Line(float own, float input) {}

    CfgRescale(double phi, Velocity velocity) {
        this.phi = (float) phi;
        this.velocity = velocity;
    }

    /** For denoised pictures: v = (x/(σ²+1) − denoised)·√(σ²+1)/σ, at k-diffusion's scale. */
    static CfgRescale ofSigma(double phi) {
        return new CfgRescale(phi, sigma -> {
            double variance = (double) sigma * sigma + 1;
            double own = -Math.sqrt(variance) / sigma;
            return new Line((float) own, (float) (-own / variance));
        });
    }

    /** For noise: v = (noise − √(1−ᾱ)·x)/√ᾱ. */
    static CfgRescale ofTimestep(double phi, TrainingSchedule schedule) {
        return new CfgRescale(phi, t -> {
            double alpha = schedule.alphaCumprod((int) t);
            return new Line((float) (1 / Math.sqrt(alpha)), (float) (-Math.sqrt(1 - alpha) / Math.sqrt(alpha)));
        });
    }

    FloatTensor apply(FloatTensor x, float level, FloatTensor guided, FloatTensor positive) {
        Line line = velocity.at(level);
        FloatTensor v = guided.times(line.own()).plus(x, line.input());
        FloatTensor target = positive.times(line.own()).plus(x, line.input());
        float factor = phi * (float) (deviation(target) / deviation(v)) + (1 - phi);
        return v.times(factor).plus(x, -line.input()).dividedBy(line.own());
    }

    private static double deviation(FloatTensor tensor) {
        double sum = 0;
        double squares = 0;
        for (float value : tensor.data()) {
            sum += value;
            squares += (double) value * value;
        }
        int n = tensor.size();
        return Math.sqrt((squares - sum * sum / n) / (n - 1));
    }
}
