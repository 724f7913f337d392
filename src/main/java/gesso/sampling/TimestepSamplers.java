package gesso.sampling;

import gesso.request.Sampler;
import gesso.tensor.FloatTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** DDIM (Song et al. 2021), CFG++ (Chung et al. 2024) and PLMS (Liu et al. 2022) on whole timesteps, as A1111 runs them. */
public final class TimestepSamplers {
    /** A1111 maps CFG scales up to 12.5 to CFG++'s range of 0 to 1. */
    static final double CFGPP_SCALE = 1 / 12.5;

    /** Noises of earlier steps that PLMS keeps. */
    private static final int PLMS_MEMORY = 3;

    private TimestepSamplers() {}

    /**
     * What a timestep sampler works with.
     *
     * @param timesteps rising; the sampler goes from the last to the first, one step fewer than there are
     * @param wholeRange whether x is pure noise (text-to-image): UniPC then starts from the very last timestep
     */
    public record Input(
            TimestepModel model,
            FloatTensor x,
            int[] timesteps,
            TrainingSchedule schedule,
            boolean wholeRange,
            StepNoise noise,
            double eta,
            StepListener listener) {
        int steps() {
            return Math.max(timesteps.length - 1, 0);
        }
    }

    /** Goes down the timesteps. @throws IllegalArgumentException for the samplers that are {@link Samplers}' */
    public static FloatTensor sample(Sampler sampler, Input input) {
        return switch (sampler) {
            case DDIM -> ddim(input, false);
            case DDIM_CFGPP -> ddim(input, true);
            case PLMS -> plms(input);
            case UNIPC -> UniPc.sample(input);
            default -> throw new IllegalArgumentException(sampler + " works on noise levels");
        };
    }

    private static FloatTensor ddim(Input in, boolean cfgpp) {
        FloatTensor x = in.x;
        for (int i = 0; i < in.steps(); i++) {
            int index = in.timesteps.length - 1 - i;
            FloatTensor noise = in.model.noise(x, in.timesteps[index]);
            FloatTensor direction = cfgpp ? in.model.lastNegativeNoise() : noise;
            float sigma = deviation(in, index);
            Alphas a = alphas(in, index);
            FloatTensor picture = picture(x, noise, a);
            float forward = Float32.sqrt(1 - a.next - sigma * sigma);
            x = picture.times(Float32.sqrt(a.next)).plus(direction, forward);
            if (in.eta != 0) {
                x = x.plus(in.noise.between(sigma, 0), sigma);
            }
            in.listener.onStep(i, in.steps(), in.schedule.sigma(in.timesteps[index]), picture);
        }
        return x;
    }

    private static FloatTensor plms(Input in) {
        FloatTensor x = in.x;
        Deque<FloatTensor> old = new ArrayDeque<>(); // newest first
        for (int i = 0; i < in.steps(); i++) {
            int index = in.timesteps.length - 1 - i;
            Alphas a = alphas(in, index);
            FloatTensor noise = in.model.noise(x, in.timesteps[index]);
            FloatTensor blended;
            if (old.isEmpty()) {
                FloatTensor ahead = step(picture(x, noise, a), noise, a);
                FloatTensor noiseAhead = in.model.noise(ahead, in.timesteps[index - 1]);
                blended = noise.plus(noiseAhead).dividedBy(2);
            } else {
                blended = adamsBashforth(noise, old);
            }
            FloatTensor picture = picture(x, blended, a);
            x = step(picture, blended, a);
            old.addFirst(noise);
            if (old.size() > PLMS_MEMORY) {
                old.removeLast();
            }
            in.listener.onStep(i, in.steps(), in.schedule.sigma(in.timesteps[index]), picture);
        }
        return x;
    }

    private static FloatTensor adamsBashforth(FloatTensor now, Deque<FloatTensor> old) {
        Iterator<FloatTensor> earlier = old.iterator();
        return switch (old.size()) {
            case 1 -> now.times(3).minus(earlier.next()).dividedBy(2);
            case 2 ->
                now.times(23)
                        .minus(earlier.next().times(16))
                        .plus(earlier.next().times(5))
                        .dividedBy(12);
            default ->
                now.times(55)
                        .minus(earlier.next().times(59))
                        .plus(earlier.next().times(37))
                        .minus(earlier.next().times(9))
                        .dividedBy(24);
        };
    }

    /** ᾱ of a step's timestep and of the next one down. */
    private record Alphas(float here, float next) {}

    private static Alphas alphas(Input in, int index) {
        return new Alphas(
                in.schedule.alphaCumprod(in.timesteps[index]), in.schedule.alphaCumprod(in.timesteps[index - 1]));
    }

    private static FloatTensor picture(FloatTensor x, FloatTensor noise, Alphas a) {
        return x.minus(noise.times(Float32.sqrt(1 - a.here))).dividedBy(Float32.sqrt(a.here));
    }

    private static FloatTensor step(FloatTensor picture, FloatTensor noise, Alphas a) {
        return picture.times(Float32.sqrt(a.next)).plus(noise, Float32.sqrt(1 - a.next));
    }

    private static float deviation(Input in, int index) {
        Alphas a = alphas(in, index);
        double next = a.next;
        return (float) (in.eta * Math.sqrt((1 - next) / (1 - a.here) * (1 - a.here / next)));
    }
}
