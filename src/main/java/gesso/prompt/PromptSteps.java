package gesso.prompt;

/**
 * The steps that prompt editing counts.
 *
 * @param steps of this pass, as the denoiser runs: twice the sampler's for a sampler that runs it twice a step
 * @param stepsBefore what an absolute {@code when} counts before this pass begins
 * @param fractionBefore what a fractional {@code when} has passed before it begins
 */
record PromptSteps(int steps, int stepsBefore, double fractionBefore) {
    static PromptSteps firstPass(int steps) {
        return new PromptSteps(steps, 0, 0);
    }

    /** In the second pass of hires fix absolute steps go on counting, and fractions go from 1 to 2. */
    static PromptSteps hiresPass(int firstSteps, int hiresSteps) {
        return new PromptSteps(hiresSteps, firstSteps, 1);
    }

    /** The last step of this pass, 1-based, before an edit; 0 or less: none. */
    int when(String number) {
        double value = Double.parseDouble(number);
        double step = number.indexOf('.') >= 0 ? (value - fractionBefore) * steps : value - stepsBefore;
        return Math.min(steps, (int) step);
    }
}
