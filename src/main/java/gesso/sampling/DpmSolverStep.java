package gesso.sampling;

import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** One step of DPM-Solver from one level to another by its formulas of order 1, 2 and 3, which share their runs of the network. */
final class DpmSolverStep {
    private static final double THIRD = 1.0 / 3;

    private final Denoiser denoiser;
    private final FloatTensor x;
    private final double t;
    private final double h;
    private final double sigmaTo;
    private final FloatTensor denoised;
    private final FloatTensor noise;
    private @Nullable FloatTensor within;
    private @Nullable FloatTensor secondBend;
    private @Nullable FloatTensor thirdBend;

    /**
     * Looks at the noise in x.
     *
     * @param t −ln σ of x
     * @param to −ln σ to go to
     */
    DpmSolverStep(Denoiser denoiser, FloatTensor x, double t, double to) {
        this.denoiser = denoiser;
        this.x = x;
        this.t = t;
        h = to - t;
        sigmaTo = Math.exp(-to);
        denoised = denoiser.denoise(x, (float) Math.exp(-t));
        noise = x.minus(denoised).dividedBy((float) Math.exp(-t));
    }

    FloatTensor denoised() {
        return denoised;
    }

    FloatTensor first() {
        return straight(h);
    }

    /**
     * The second order.
     *
     * @param r where in the step the noise is looked at again; a third if the third order is wanted too
     */
    FloatTensor second(double r) {
        FloatTensor bend = bendAt(r).times((float) (sigmaTo / (2 * r) * Math.expm1(h)));
        secondBend = bend;
        return straight(h).minus(bend);
    }

    FloatTensor third() {
        FloatTensor early = bendAt(THIRD);
        double part = 2 * h / 3;
        double weight = 2 * Math.exp(-t - part) * (Math.expm1(part) / part - 1);
        FloatTensor late =
                noiseAt(straight(part).minus(early.times((float) weight)), part).minus(noise);
        FloatTensor bend = late.times((float) (sigmaTo * 1.5 * (Math.expm1(h) / h - 1)));
        thirdBend = bend;
        return straight(h).minus(bend);
    }

    /** The second order minus the third, taken before both are added to x, which would cost their last digits. */
    FloatTensor difference() {
        if (secondBend == null || thirdBend == null) {
            throw new IllegalStateException("both orders are needed");
        }
        return thirdBend.minus(secondBend);
    }

    /** The change of the noise on the way. */
    private FloatTensor bendAt(double r) {
        FloatTensor known = within == null ? noiseAt(straight(r * h), r * h).minus(noise) : within;
        within = known;
        return known;
    }

    private FloatTensor straight(double part) {
        return x.minus(noise.times((float) (Math.exp(-t - part) * Math.expm1(part))));
    }

    private FloatTensor noiseAt(FloatTensor at, double part) {
        float sigma = (float) Math.exp(-t - part);
        return at.minus(denoiser.denoise(at, sigma)).dividedBy(sigma);
    }
}
