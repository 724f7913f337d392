package gesso.sampling;

import gesso.request.Profile;

/**
 * Which part of a schedule is run.
 *
 * @param schedule steps that the schedule is made for
 * @param run steps that are run, the last ones of the schedule; 0: the picture stays as it is
 */
public record StepPlan(int schedule, int run) {
    /** The least part of the noise that A1111 takes off; a strength of 1 would leave no step before the first. */
    private static final double MOST = 0.999;

    /** Text to image: all of them. */
    public static StepPlan all(int steps) {
        return new StepPlan(steps, steps);
    }

    /**
     * Image to image with a denoising strength of 0–1.
     *
     * @param exact do as many steps as were asked for, on a schedule that is longer (always so in the hires pass)
     */
    public static StepPlan of(Profile profile, int steps, double strength, boolean exact) {
        return switch (profile) {
            case A1111 -> exact ? a1111Exact(steps, strength) : a1111(steps, strength);
            case COMFYUI -> strength <= 0 ? new StepPlan(steps, 0) : comfyUi(steps, strength);
            case DIFFUSERS -> {
                int run = Math.min((int) (steps * strength), steps);
                yield exact && run > 0 ? a1111Exact(steps, strength) : new StepPlan(steps, run);
            }
        };
    }

    private static StepPlan a1111(int steps, double strength) {
        return new StepPlan(steps, (int) (Math.min(strength, MOST) * steps) + 1);
    }

    private static StepPlan a1111Exact(int steps, double strength) {
        return strength <= 0 ? new StepPlan(steps, 0) : new StepPlan((int) (steps / Math.min(strength, MOST)), steps);
    }

    /** ComfyUI's KSampler always runs the steps it was given, from a longer schedule (its "denoise"). */
    private static StepPlan comfyUi(int steps, double strength) {
        return strength > 0.9999 ? all(steps) : new StepPlan((int) (steps / strength), steps);
    }
}
