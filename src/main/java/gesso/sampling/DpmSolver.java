package gesso.sampling;

import gesso.tensor.FloatTensor;

/** DPM-Solver (Lu et al. 2022, arXiv 2206.00927) of orders 1 to 3, with fixed steps ("fast") and with adaptive ones. */
final class DpmSolver {
    private static final float RELATIVE_TOLERANCE = 0.05f;
    private static final float ABSOLUTE_TOLERANCE = 0.0078f;
    private static final double FIRST_STEP = 0.05;
    private static final double ACCEPT_SAFETY = 0.81;
    private static final double THIRD = 1.0 / 3;

    /** The adaptive sampler stops as near to the end as this, in log σ. */
    private static final double NEAR = 1e-5;

    private final SamplerInput in;
    private final double end;
    private final float eta;

    private DpmSolver(SamplerInput in) {
        this.in = in;
        end = t(in.span().min());
        eta = in.eta();
    }

    /** DPM fast: as many third-order steps as the runs allow, then what is left. */
    static FloatTensor fast(SamplerInput in) {
        return new DpmSolver(in).fast();
    }

    static FloatTensor adaptive(SamplerInput in) {
        return new DpmSolver(in).adaptive();
    }

    private FloatTensor fast() {
        double start = t(in.span().max());
        FloatTensor x = in.x();
        if (end <= start) {
            // A single level: nothing to go down, so the guess at the picture is the best that is left.
            return denoisedOnce(x, in.span().max());
        }
        int[] orders = orders(in.span().runs());
        double length = (end - start) / orders.length;
        for (int i = 0; i < orders.length; i++) {
            double from = start + i * length;
            double to = i + 1 == orders.length ? end : start + (i + 1) * length;
            Way way = way(from, to);
            DpmSolverStep step = new DpmSolverStep(in.denoiser(), x, from, way.down);
            in.listener().onStep(i, orders.length, sigma(from), step.denoised());
            x = switch (orders[i]) {
                case 1 -> step.first();
                case 2 -> step.second(0.5);
                default -> step.third();
            };
            if (eta != 0) {
                x = x.plus(in.noise().between(sigma(from), sigma(to)), way.up * in.noiseScale());
            }
        }
        return x;
    }

    private static int[] orders(int runs) {
        int[] orders = new int[runs / 3 + 1];
        java.util.Arrays.fill(orders, 3);
        if (runs % 3 == 0) {
            orders[orders.length - 1] = 1;
            orders[orders.length - 2] = 2;
        } else {
            orders[orders.length - 1] = runs % 3;
        }
        return orders;
    }

    private FloatTensor adaptive() {
        double s = t(in.span().max());
        FloatTensor x = in.x();
        if (end <= s) {
            return denoisedOnce(x, in.span().max());
        }
        FloatTensor previous = x;
        StepSize size = new StepSize(FIRST_STEP, eta == 0 ? 3 : 1.5, ACCEPT_SAFETY);
        for (int count = 0; s < end - NEAR; count++) {
            double t = Math.min(end, s + size.h());
            Way way = way(s, t);
            DpmSolverStep step = new DpmSolverStep(in.denoiser(), x, s, way.down);
            FloatTensor low = step.second(THIRD);
            FloatTensor high = step.third();
            if (size.accepts(error(step.difference(), low, previous))) {
                previous = low;
                // A1111 gives this sampler no noise scale.
                x = eta == 0 ? high : high.plus(in.noise().between(sigma(s), sigma(t)), way.up);
                s = t;
            }
            in.listener().onStep(count, Math.max(in.steps(), count + 1), sigma(s), step.denoised());
        }
        return x;
    }

    private FloatTensor denoisedOnce(FloatTensor x, float sigma) {
        FloatTensor denoised = in.denoiser().denoise(x, sigma);
        in.listener().onStep(0, 1, sigma, denoised);
        return denoised;
    }

    /** How far down a step goes in log σ, and how much noise brings it up again. */
    private record Way(double down, float up) {}

    private Way way(double from, double to) {
        if (eta == 0) {
            return new Way(to, 0);
        }
        AncestralStep step = AncestralStep.of(sigma(from), sigma(to), eta);
        double down = Math.min(end, t(step.down()));
        double target = Math.exp(-to);
        double reached = Math.exp(-down);
        return new Way(down, (float) Math.sqrt(Math.max(target * target - reached * reached, 0)));
    }

    /** Root mean square of the two orders' difference, in units of what is tolerated. */
    private static double error(FloatTensor difference, FloatTensor low, FloatTensor previous) {
        double sum = 0;
        for (int i = 0; i < low.size(); i++) {
            float largest = Math.max(Math.abs(low.data()[i]), Math.abs(previous.data()[i]));
            double part = difference.data()[i] / Math.max(ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE * largest);
            sum += part * part;
        }
        return Math.sqrt(sum / low.size());
    }

    private static double t(float sigma) {
        return -Math.log(sigma);
    }

    private static float sigma(double t) {
        return (float) Math.exp(-t);
    }
}
