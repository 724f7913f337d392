package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Restart sampling (Xu et al. 2023): Heun's method that, near the end, goes up again with fresh noise and repeats a stretch. Where
 * and how often follows A1111's automatic choice.
 */
final class Restart {
    private static final double KARRAS_RHO = 7;

    /** The stretch that is repeated. */
    private static final float STRETCH_MIN = 0.1f;

    private static final float STRETCH_MAX = 2;
    private static final int FEWEST_STEPS = 20;
    private static final int STEPS_FOR_TWO = 36;

    private Restart() {}

    private record Step(float from, float to) {}

    static FloatTensor sample(SamplerInput in) {
        FloatTensor x = in.x();
        List<Step> steps = steps(in.sigmas());
        float last = steps.get(0).from;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (last < step.from) {
                float up = Float32.sqrt(step.from * step.from - last * last);
                x = x.plus(in.noise().between(last, step.from), up);
            }
            FloatTensor denoised = in.denoiser().denoise(x, step.from);
            in.listener().onStep(i, steps.size(), step.from, denoised);
            x = EulerSamplers.heunStep(in.denoiser(), x, denoised, step.from, step.to);
            last = step.to;
        }
        return x;
    }

    private static List<Step> steps(float[] asked) {
        int count = asked.length - 1;
        if (count < FEWEST_STEPS) {
            return pairs(asked, asked.length);
        }
        int times = count >= STEPS_FOR_TWO ? 2 : 1;
        int repeated = count >= STEPS_FOR_TWO ? count / 4 : 9;
        float[] sigmas = SigmaSchedules.karras(count - repeated * times, asked[asked.length - 2], asked[0], KARRAS_RHO);
        int low = nearest(sigmas, STRETCH_MIN);
        int high = nearest(sigmas, STRETCH_MAX);
        List<Step> steps = pairs(sigmas, low + 1);
        if (high < low) {
            float[] again = SigmaSchedules.karras(repeated + 1, sigmas[low], sigmas[high], KARRAS_RHO);
            for (int i = 0; i < times; i++) {
                steps.addAll(pairs(again, again.length - 1));
            }
        }
        for (int i = low; i < sigmas.length - 1; i++) {
            steps.add(new Step(sigmas[i], sigmas[i + 1]));
        }
        return steps;
    }

    /** The steps between the first {@code count} levels. */
    private static List<Step> pairs(float[] sigmas, int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i + 1 < count; i++) {
            steps.add(new Step(sigmas[i], sigmas[i + 1]));
        }
        return steps;
    }

    private static int nearest(float[] sigmas, float sigma) {
        int nearest = 0;
        for (int i = 1; i < sigmas.length; i++) {
            if (Math.abs(sigmas[i] - sigma) < Math.abs(sigmas[nearest] - sigma)) {
                nearest = i;
            }
        }
        return nearest;
    }
}
