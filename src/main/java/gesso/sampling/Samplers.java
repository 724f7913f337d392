package gesso.sampling;

import gesso.request.Sampler;
import gesso.tensor.FloatTensor;

/** The samplers that work on noise levels (k-diffusion's sampling.py, A1111's Restart and LCM). */
public final class Samplers {
    private Samplers() {}

    /**
     * Goes down the noise levels.
     *
     * @return the latent at the last level; a new tensor
     * @throws IllegalArgumentException for DDIM, DDIM CFG++, PLMS and UniPC, which are {@link TimestepSamplers}'
     */
    public static FloatTensor sample(Sampler sampler, SamplerInput input) {
        return switch (sampler) {
            case EULER -> EulerSamplers.euler(input);
            case EULER_A -> EulerSamplers.ancestral(input);
            case HEUN -> EulerSamplers.heun(input);
            case DPM2 -> EulerSamplers.dpm2(input);
            case DPM2_A -> EulerSamplers.dpm2Ancestral(input);
            case LCM -> EulerSamplers.lcm(input);
            case LMS -> LinearMultistep.sample(input);
            case DPMPP_2S_A -> DpmPlusPlus.secondOrderAncestral(input);
            case DPMPP_2M -> DpmPlusPlus.multistep(input);
            case DPMPP_SDE -> DpmPlusPlusSde.singlestep(input);
            case DPMPP_2M_SDE -> DpmPlusPlusSde.multistep(input, false);
            case DPMPP_2M_SDE_HEUN -> DpmPlusPlusSde.multistep(input, true);
            case DPMPP_3M_SDE -> DpmPlusPlusSde.thirdOrder(input);
            case DPM_FAST -> DpmSolver.fast(input);
            case DPM_ADAPTIVE -> DpmSolver.adaptive(input);
            case RESTART -> Restart.sample(input);
            case DDIM, DDIM_CFGPP, PLMS, UNIPC -> throw new IllegalArgumentException(sampler + " works on timesteps");
        };
    }
}
