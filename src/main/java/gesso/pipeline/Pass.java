package gesso.pipeline;

import gesso.request.SamplingSettings;
import gesso.request.Size;
import gesso.sampling.LatentBlend;
import gesso.sampling.LocalStrength;
import gesso.sampling.StepPlan;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * One sampling on the way to a picture: the only one of text-to-image, the hires pass after it, or a reworked picture's.
 *
 * @param toldSize what SDXL is told of the size: hires fix tells the size before what is more than wanted is cut off
 * @param source the latent to start from, [1, 4, h/8, w/8]; null: noise alone
 * @param plan which steps are run
 * @param blend how an inpainting mask holds the source in place; null: no mask
 * @param strength where a strength map lets less than the plan's steps be run; null: no map
 * @param channels what the UNet sees beside the latent, [1, 5, h/8, w/8] in inpainting models; null: nothing
 * @param hires whether this is the second pass, which prompt editing tells from the first
 * @param stepsBefore steps of this picture that came before this pass
 * @param stepsAll steps of this picture in all passes
 */
record Pass(
        Size size,
        Size toldSize,
        String prompt,
        String negativePrompt,
        SamplingSettings settings,
        @Nullable FloatTensor source,
        StepPlan plan,
        @Nullable LatentBlend blend,
        @Nullable LocalStrength strength,
        @Nullable FloatTensor channels,
        boolean hires,
        int stepsBefore,
        int stepsAll) {

    /** The same with other words. */
    Pass withPrompts(String newPrompt, String newNegativePrompt) {
        return new Pass(
                size,
                toldSize,
                newPrompt,
                newNegativePrompt,
                settings,
                source,
                plan,
                blend,
                strength,
                channels,
                hires,
                stepsBefore,
                stepsAll);
    }
}
