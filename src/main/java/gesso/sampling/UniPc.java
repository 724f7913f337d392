package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * UniPC (Zhao et al. 2023): multistep predictor and corrector of order 3 on denoised pictures, variant B₁(h), time-uniform, lower
 * orders at the end: A1111's defaults. Time runs from 1 (noise) to 1/1000.
 */
final class UniPc {
    private static final int ORDER = 3;

    private final TimestepSamplers.Input in;
    private final LogAlpha logAlpha;
    private final List<Point> past = new ArrayList<>(); // oldest first, the last ORDER

    private UniPc(TimestepSamplers.Input in) {
        this.in = in;
        logAlpha = new LogAlpha(in.schedule());
    }

    /** Where the path was: half the log signal-to-noise ratio, deviation of the noise, and the picture that was seen. */
    private record Point(double lambda, double sigma, FloatTensor picture) {}

    static FloatTensor sample(TimestepSamplers.Input in) {
        return in.timesteps().length == 0 ? in.x() : new UniPc(in).run();
    }

    private FloatTensor run() {
        int steps = in.timesteps().length;
        int n = in.schedule().timesteps();
        // A1111 itself notes that this start may be a bit off; its pictures have it.
        float start = in.wholeRange() ? 1 : in.timesteps()[steps - 1] / 1000f + 1 / 1000f;
        float[] times = Float32.linspace(start, 1f / n, steps + 1);
        int order = Math.min(ORDER, steps);
        FloatTensor x = in.x();
        past.add(point(times[0], pictureAt(x, times[0])));
        for (int step = 1; step <= steps; step++) {
            int stepOrder = step < order ? step : Math.min(order, steps + 1 - step);
            boolean last = step == steps;
            Update update = new Update(times[step], stepOrder);
            x = update.predicted(x);
            if (!last) {
                FloatTensor picture = pictureAt(x, times[step]);
                x = update.corrected(picture);
                in.listener().onStep(step - 1, steps, level(times[step]), picture);
                past.add(point(times[step], picture));
                if (past.size() > order) {
                    past.remove(0);
                }
            } else {
                in.listener()
                        .onStep(step - 1, steps, level(times[step]), x.dividedBy((float) logAlpha.alpha(times[step])));
            }
        }
        return x;
    }

    private Point point(float t, FloatTensor picture) {
        return new Point(logAlpha.lambda(t), logAlpha.sigma(t), picture);
    }

    private float level(float t) {
        return (float) Math.exp(-logAlpha.lambda(t));
    }

    private FloatTensor pictureAt(FloatTensor x, float t) {
        float timestep = (t - 1f / in.schedule().timesteps()) * 1000;
        FloatTensor noise = in.model().noise(x, timestep);
        return x.minus(noise.times((float) logAlpha.sigma(t))).dividedBy((float) logAlpha.alpha(t));
    }

    /** One step's formulas: what predictor and corrector share. */
    private final class Update {
        private final Point now = past.get(past.size() - 1);
        private final double sigma;
        private final double alpha;
        private final int order;
        private final double hh;
        private final double[] ratios;
        private final List<FloatTensor> differences = new ArrayList<>();
        private FloatTensor base = now.picture;

        Update(float t, int order) {
            sigma = logAlpha.sigma(t);
            alpha = logAlpha.alpha(t);
            this.order = order;
            double h = logAlpha.lambda(t) - now.lambda;
            hh = -h;
            ratios = new double[order];
            for (int i = 1; i < order; i++) {
                Point earlier = past.get(past.size() - 1 - i);
                ratios[i - 1] = (earlier.lambda - now.lambda) / h;
                differences.add(earlier.picture.minus(now.picture).dividedBy((float) ratios[i - 1]));
            }
            ratios[order - 1] = 1;
        }

        FloatTensor predicted(FloatTensor x) {
            base = x.times((float) (sigma / now.sigma)).minus(now.picture.times((float) (alpha * Math.expm1(hh))));
            if (differences.isEmpty()) {
                return base;
            }
            double[] weights = order == 2 ? new double[] {0.5} : weights(order - 1);
            return base.minus(weighted(weights).times((float) (alpha * hh)));
        }

        FloatTensor corrected(FloatTensor picture) {
            double[] weights = order == 1 ? new double[] {0.5} : weights(order);
            FloatTensor sum = picture.minus(now.picture).times((float) weights[order - 1]);
            if (!differences.isEmpty()) {
                sum = weighted(weights).plus(sum);
            }
            return base.minus(sum.times((float) (alpha * hh)));
        }

        private FloatTensor weighted(double[] weights) {
            FloatTensor sum = differences.get(0).times((float) weights[0]);
            for (int i = 1; i < differences.size(); i++) {
                sum = sum.plus(differences.get(i), (float) weights[i]);
            }
            return sum;
        }

        /** Solves Σₖ rₖ^(i−1)·wₖ = bᵢ, i = 1..size (the paper's equation 5 with B(h) = h). */
        private double[] weights(int size) {
            double[][] rows = new double[size][size + 1];
            double phi = Math.expm1(hh) / hh - 1;
            double factorial = 1;
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    rows[i][k] = Math.pow(ratios[k], i);
                }
                rows[i][size] = phi * factorial / hh;
                factorial *= i + 2;
                phi = phi / hh - 1 / factorial;
            }
            return LinearSystem.solve(rows);
        }
    }
}
