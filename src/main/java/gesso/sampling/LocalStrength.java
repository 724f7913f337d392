package gesso.sampling;

import gesso.tensor.FloatTensor;

/**
 * Denoising strengths that differ from place to place (differential diffusion, Levin and Fried 2023): while a latent pixel's turn
 * has not come, what is denoised there is the original itself, so that x stays the original under as much noise as the step
 * has.
 *
 * @param original the source's latent, [1, c, h, w]
 * @param runs of how many of the plan's steps, the last ones, each latent pixel is part, [h·w]; 0: of none
 */
public record LocalStrength(FloatTensor original, int[] runs) {
    public LocalStrength {
        if (runs.length != original.dim(2) * original.dim(3)) {
            throw new IllegalArgumentException(runs.length + " for " + original);
        }
    }

    /** The level at which a pixel's first run is, from how many runs it has. */
    interface Start {
        double of(int runs);
    }

    /** What is held in place at noise levels or timesteps. */
    final class Held {
        private final double[] starts;

        private Held(Start start) {
            starts = new double[runs.length];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = runs[i] == 0 ? -1 : start.of(runs[i]);
            }
        }

        /** The denoised picture, with the original where it is held. */
        FloatTensor denoised(FloatTensor denoised, float sigma) {
            return mixed(denoised, original, sigma);
        }

        /** The noise in x = √ᾱ·picture + √(1−ᾱ)·noise; that in the original where it is held. */
        FloatTensor noise(FloatTensor x, FloatTensor noise, float timestep, float alpha) {
            FloatTensor own = x.plus(original, -Float32.sqrt(alpha)).dividedBy(Float32.sqrt(1 - alpha));
            return mixed(noise, own, timestep);
        }

        private FloatTensor mixed(FloatTensor made, FloatTensor held, float level) {
            float[] out = made.data().clone();
            for (int i = 0; i < out.length; i++) {
                if (level > starts[i % starts.length]) {
                    out[i] = held.data()[i];
                }
            }
            return FloatTensor.of(out, made.shape());
        }
    }

    Held over(Start start) {
        return new Held(start);
    }

    /** The finished latent, with the original where no step was run. */
    FloatTensor finish(FloatTensor latent) {
        float[] out = latent.data().clone();
        for (int i = 0; i < out.length; i++) {
            if (runs[i % runs.length] == 0) {
                out[i] = original.data()[i];
            }
        }
        return FloatTensor.of(out, latent.shape());
    }
}
