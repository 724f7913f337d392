package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.ArrayDeque;
import java.util.Deque;

/** LMS: Adams–Bashforth of order 4 on uneven noise levels. */
final class LinearMultistep {
    private static final int ORDER = 4;

    private LinearMultistep() {}

    static FloatTensor sample(SamplerInput in) {
        FloatTensor x = in.x();
        Deque<FloatTensor> slopes = new ArrayDeque<>(); // newest first
        for (int i = 0; i < in.steps(); i++) {
            FloatTensor denoised = in.denoiser().denoise(x, in.sigmas()[i]);
            slopes.addFirst(EulerSamplers.slope(x, in.sigmas()[i], denoised));
            if (slopes.size() > ORDER) {
                slopes.removeLast();
            }
            in.done(i, in.sigmas()[i], denoised);
            FloatTensor change = FloatTensor.zeros(x.shape());
            int j = 0;
            for (FloatTensor slope : slopes) {
                change = change.plus(slope, (float) coefficient(in.sigmas(), slopes.size(), i, j++));
            }
            x = x.plus(change);
        }
        return x;
    }

    /**
     * ∫ of the j-th Lagrange polynomial over the step. Two-point Gauss–Legendre quadrature is exact for its degree, 3 at most.
     */
    private static double coefficient(float[] sigmas, int order, int i, int j) {
        double middle = 0.5 * ((double) sigmas[i] + sigmas[i + 1]);
        double half = 0.5 * ((double) sigmas[i + 1] - sigmas[i]);
        double offset = half / Math.sqrt(3);
        return half * (lagrange(sigmas, order, i, j, middle - offset) + lagrange(sigmas, order, i, j, middle + offset));
    }

    private static double lagrange(float[] sigmas, int order, int i, int j, double at) {
        double product = 1;
        for (int k = 0; k < order; k++) {
            if (k != j) {
                product *= (at - sigmas[i - k]) / ((double) sigmas[i - j] - sigmas[i - k]);
            }
        }
        return product;
    }
}
