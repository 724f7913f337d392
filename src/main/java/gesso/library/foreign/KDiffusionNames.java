package gesso.library.foreign;

import java.util.Locale;
import java.util.Map;

/** Samplers and schedules under the names of k-diffusion's functions, as ComfyUI, Fooocus, SwarmUI and NovelAI have them. */
public final class KDiffusionNames {
    private static final Map<String, String> SAMPLERS = Map.ofEntries(
            Map.entry("euler", "Euler"),
            Map.entry("euler_ancestral", "Euler a"),
            Map.entry("heun", "Heun"),
            Map.entry("dpm_2", "DPM2"),
            Map.entry("dpm_2_ancestral", "DPM2 a"),
            Map.entry("lms", "LMS"),
            Map.entry("dpm_fast", "DPM fast"),
            Map.entry("dpm_adaptive", "DPM adaptive"),
            Map.entry("dpmpp_2s_ancestral", "DPM++ 2S a"),
            Map.entry("dpmpp_sde", "DPM++ SDE"),
            Map.entry("dpmpp_2m", "DPM++ 2M"),
            Map.entry("dpmpp_2m_sde", "DPM++ 2M SDE"),
            Map.entry("dpmpp_2m_sde_heun", "DPM++ 2M SDE Heun"),
            Map.entry("dpmpp_3m_sde", "DPM++ 3M SDE"),
            Map.entry("restart", "Restart"),
            Map.entry("ddim", "DDIM"),
            Map.entry("ddim_v3", "DDIM"),
            Map.entry("plms", "PLMS"),
            Map.entry("uni_pc", "UniPC"),
            Map.entry("uni_pc_bh2", "UniPC"),
            Map.entry("lcm", "LCM"));

    private static final Map<String, String> SCHEDULES = Map.of(
            "normal", "Normal",
            "karras", "Karras",
            "exponential", "Exponential",
            "polyexponential", "Polyexponential",
            "sgm_uniform", "SGM Uniform",
            "simple", "Simple",
            "ddim_uniform", "DDIM",
            "beta", "Beta",
            "kl_optimal", "KL Optimal",
            "align_your_steps", "Align Your Steps");

    private KDiffusionNames() {}

    /** A1111's label; the name as it is where that program has no such sampler. */
    public static String sampler(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^k_", "").replaceFirst("_gpu$", "");
        return SAMPLERS.getOrDefault(plain, name);
    }

    public static String schedule(String name) {
        return SCHEDULES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }
}
