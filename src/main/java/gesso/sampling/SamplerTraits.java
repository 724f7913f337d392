package gesso.sampling;

import gesso.request.Sampler;

/** What A1111 knows of each sampler beside its formula. */
public final class SamplerTraits {
    private SamplerTraits() {}

    /** Works on timesteps with the noise, not on noise levels with the denoised picture. */
    public static boolean worksOnTimesteps(Sampler sampler) {
        return switch (sampler) {
            case DDIM, DDIM_CFGPP, PLMS, UNIPC -> true;
            default -> false;
        };
    }

    /** Always leaves out the last sigma but one. */
    public static boolean discardsPenultimate(Sampler sampler) {
        return switch (sampler) {
            case DPM2, DPM2_A, DPMPP_3M_SDE -> true;
            default -> false;
        };
    }

    /** Takes its noise from a Brownian path. */
    static boolean isBrownian(Sampler sampler) {
        return switch (sampler) {
            case DPMPP_SDE, DPMPP_2M_SDE, DPMPP_2M_SDE_HEUN, DPMPP_3M_SDE -> true;
            default -> false;
        };
    }

    /** The runs of the network that edit schedules ({@code [from:to:when]}) count for so many steps. */
    public static int scheduledRuns(Sampler sampler, int steps) {
        return switch (sampler) {
            case HEUN, DPM2, DPM2_A, DPMPP_2S_A, DPMPP_SDE, RESTART -> 2 * steps;
            default -> steps;
        };
    }
}
