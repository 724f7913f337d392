package gesso.sampling;

import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** DPM-Solver (Lu et al. 2022, arXiv 2206.00927) of orders 1 to 3, with fixed steps ("fast") and with adaptive ones. */
final class DpmSolver {
    private static final float RELATIVE_TOLERANCE = 0.05f;
    private static final float ABSOLUTE_TOLERANCE = 0.0078f;
    private static final double FIRST_STEP = 0.05;
    private static final double ACCEPT_SAFETY = 0.81;
    private static final double THIRD = 1.0 / 3;

    /** The adaptive sampler stops as near to the end as this, in log σ. */
    private static final float NEAR = 1e-5f;

    private final SamplerInput in;
    private final float end;
    private final float eta;

    private DpmSolver(SamplerInput in) {
        this.in = in;
        end = DpmPlusPlus.t(in.span().min());
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
        float start = DpmPlusPlus.t(in.span().max());
        FloatTensor x = in.x();
        if (end <= start) {
            // A single level: nothing to go down, so the guess at the picture is the best that is left.
            return denoisedOnce(x, in.span().max());
        }
        int[] orders = orders(in.span().runs());
        float[] times = Float32.linspace(start, end, orders.length + 1);
        for (int i = 0; i < orders.length; i++) {
            Way way = way(times[i], times[i + 1]);
            Evaluations e = new Evaluations(in.denoiser(), x, way.from);
            in.listener().onStep(i, orders.length, sigma(way.from), denoised(x, e));
            x = switch (orders[i]) {
                case 1 -> e.first(way.to);
                case 2 -> e.second(way.to, 0.5);
                default -> e.third(way.to);
            };
            if (eta != 0) {
                x = x.plus(in.noise().between(sigma(times[i]), sigma(times[i + 1])), way.up * in.noiseScale());
            }
        }
        return x;
    }

    private static int[] orders(int runs) {
        int[] orders = new int[runs / 3 + 1];
        java.util.Arrays.fill(orders, 3);
        if (runs % 3 == 0) {
            orders[orders.length - 1] = 1;
            if (orders.length > 1) {
                orders[orders.length - 2] = 2;
            }
        } else {
            orders[orders.length - 1] = runs % 3;
        }
        return orders;
    }

    private FloatTensor adaptive() {
        float s = DpmPlusPlus.t(in.span().max());
        FloatTensor x = in.x();
        if (end <= s) {
            return denoisedOnce(x, in.span().max());
        }
        FloatTensor previous = x;
        StepSize size = new StepSize(FIRST_STEP, eta == 0 ? 3 : 1.5, ACCEPT_SAFETY);
        for (int step = 0; s < end - NEAR; step++) {
            float t = Math.min(end, s + (float) size.h());
            Way way = way(s, t);
            Evaluations e = new Evaluations(in.denoiser(), x, s);
            FloatTensor denoised = denoised(x, e);
            FloatTensor low = e.second(way.to, THIRD);
            FloatTensor high = e.third(way.to);
            if (size.accepts(error(low, high, previous))) {
                previous = low;
                // A1111 gives this sampler no noise scale.
                x = eta == 0 ? high : high.plus(in.noise().between(sigma(s), sigma(t)), way.up);
                s = t;
            }
            in.listener().onStep(step, Math.max(in.steps(), step + 1), sigma(s), denoised);
        }
        return x;
    }

    private FloatTensor denoisedOnce(FloatTensor x, float sigma) {
        FloatTensor denoised = in.denoiser().denoise(x, sigma);
        in.listener().onStep(0, 1, sigma, denoised);
        return denoised;
    }

    /** A step in log σ: how far down it goes and how much noise brings it up again. */
    private record Way(float from, float to, float up) {}

    private Way way(float from, float to) {
        if (eta == 0) {
            return new Way(from, to, 0);
        }
        AncestralStep step = AncestralStep.of(sigma(from), sigma(to), eta);
        float down = Math.min(end, DpmPlusPlus.t(step.down()));
        float target = sigma(to);
        float reached = sigma(down);
        return new Way(from, down, Float32.sqrt(target * target - reached * reached));
    }

    /** Root mean square of the two orders' difference, in units of what is tolerated. */
    private static double error(FloatTensor low, FloatTensor high, FloatTensor previous) {
        double sum = 0;
        for (int i = 0; i < low.size(); i++) {
            float largest = Math.max(Math.abs(low.data()[i]), Math.abs(previous.data()[i]));
            float tolerated = Math.max(ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE * largest);
            float part = (low.data()[i] - high.data()[i]) / tolerated;
            sum += (double) part * part;
        }
        return Math.sqrt(sum) / Math.sqrt(low.size());
    }

    private static FloatTensor denoised(FloatTensor x, Evaluations e) {
        return x.plus(e.noise(), -sigma(e.t));
    }

    private static float sigma(float t) {
        return DpmPlusPlus.sigma(t);
    }

    /** The steps of the three orders from one place; they share their runs of the network. */
    private static final class Evaluations {
        private final Denoiser denoiser;
        private final FloatTensor x;
        final float t;
        private @Nullable FloatTensor noise;
        private @Nullable FloatTensor noiseWithin;

        Evaluations(Denoiser denoiser, FloatTensor x, float t) {
            this.denoiser = denoiser;
            this.x = x;
            this.t = t;
        }

        FloatTensor noise() {
            FloatTensor known = noise == null ? noiseAt(x, t) : noise;
            noise = known;
            return known;
        }

        FloatTensor first(float to) {
            return linear(to);
        }

        FloatTensor second(float to, double r) {
            float h = to - t;
            FloatTensor within = within(h, (float) r);
            float weight = sigma(to) / (float) (2 * r) * Float32.expm1(h);
            return linear(to).minus(within.minus(noise()).times(weight));
        }

        FloatTensor third(float to) {
            float h = to - t;
            FloatTensor within = within(h, (float) THIRD);
            float r2 = (float) (2.0 / 3);
            float s2 = t + r2 * h;
            float rh = r2 * h;
            float bend = sigma(s2) * 2 * (Float32.expm1(rh) / rh - 1);
            FloatTensor u2 = linear(s2, rh).minus(within.minus(noise()).times(bend));
            float weight = sigma(to) / r2 * (Float32.expm1(h) / h - 1);
            return linear(to).minus(noiseAt(u2, s2).minus(noise()).times(weight));
        }

        private FloatTensor within(float h, float r) {
            if (noiseWithin != null) {
                return noiseWithin;
            }
            float s = t + r * h;
            FloatTensor made = noiseAt(linear(s, r * h), s);
            noiseWithin = made;
            return made;
        }

        private FloatTensor linear(float to) {
            return linear(to, to - t);
        }

        private FloatTensor linear(float to, float h) {
            return x.minus(noise().times(sigma(to) * Float32.expm1(h)));
        }

        private FloatTensor noiseAt(FloatTensor at, float time) {
            return at.minus(denoiser.denoise(at, sigma(time))).dividedBy(sigma(time));
        }
    }
}
