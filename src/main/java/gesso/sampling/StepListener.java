package gesso.sampling;

import gesso.tensor.FloatTensor;

/** Hears of every step; it may throw {@link gesso.request.Cancelled} to stop the sampling. */
@FunctionalInterface
public interface StepListener {
    /**
     * One step was evaluated.
     *
     * @param index from 0
     * @param total steps in all; the adaptive sampler's is a guess that index may pass
     * @param sigma the noise level of the step
     * @param denoised the picture as it is guessed now, [1, 4, h, w]
     */
    void onStep(int index, int total, float sigma, FloatTensor denoised);
}
