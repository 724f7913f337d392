package gesso.sampling;

import gesso.request.Profile;
import gesso.request.Sampler;

/** What A1111 knows of each sampler beside its formula. */
public final class SamplerTraits {
    private SamplerTraits() {}

    /** Works on timesteps with the noise, not on noise levels with the denoised picture. ComfyUI's DDIM is its Euler. */
    static boolean worksOnTimesteps(Sampler sampler, Profile profile) {
        return switch (sampler) {
            case DDIM -> profile != Profile.COMFYUI;
            case DDIM_CFGPP, PLMS, UNIPC -> true;
            default -> false;
        };
    }

    /** Always leaves out the last sigma but one. */
    static boolean discardsPenultimate(Sampler sampler, Profile profile) {
        return switch (sampler) {
            case DPM2, DPM2_A -> true;
            case DPMPP_3M_SDE -> profile != Profile.COMFYUI;
            default -> false;
        };
    }

    /** Adds all its noise unless told otherwise; ComfyUI's DPM fast and adaptive add none. */
    static float ancestralEta(Sampler sampler, Profile profile) {
        boolean plain = sampler == Sampler.DPM_FAST || sampler == Sampler.DPM_ADAPTIVE;
        return plain && profile == Profile.COMFYUI ? 0 : 1;
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
