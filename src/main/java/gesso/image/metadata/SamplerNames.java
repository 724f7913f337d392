package gesso.image.metadata;

import gesso.request.Sampler;
import gesso.request.ScheduleType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What infotext calls samplers: today's labels, the labels that named the schedule too ("DPM++ 2M Karras", before A1111
 * 1.9), and A1111's short aliases ("k_euler_a").
 */
public final class SamplerNames {
    /** A sampler with the schedule that its name says; automatic where it says none. */
    public record Named(Sampler sampler, ScheduleType schedule) {}

    private static final Map<String, Sampler> SAMPLERS = new HashMap<>();
    private static final Map<String, ScheduleType> SCHEDULES = new HashMap<>();

    static {
        for (Sampler sampler : Sampler.values()) {
            SAMPLERS.put(lower(sampler.label()), sampler);
        }
        alias(Sampler.EULER_A, "k_euler_a", "k_euler_ancestral", "euler ancestral");
        alias(Sampler.EULER, "k_euler");
        alias(Sampler.LMS, "k_lms");
        alias(Sampler.HEUN, "k_heun");
        alias(Sampler.DPM2, "k_dpm_2");
        alias(Sampler.DPM2_A, "k_dpm_2_a", "dpm2 ancestral");
        alias(Sampler.DPMPP_2S_A, "k_dpmpp_2s_a", "dpm++ 2s ancestral", "dpm++ 2sa");
        alias(Sampler.DPMPP_2M, "k_dpmpp_2m");
        alias(Sampler.DPMPP_SDE, "k_dpmpp_sde", "dpm sde");
        alias(Sampler.DPMPP_2M_SDE, "k_dpmpp_2m_sde", "dpm++ 2m sde gpu");
        alias(Sampler.DPMPP_3M_SDE, "k_dpmpp_3m_sde", "dpm++ 3m sde gpu");
        alias(Sampler.DPM_FAST, "k_dpm_fast");
        alias(Sampler.DPM_ADAPTIVE, "k_dpm_ad");
        alias(Sampler.DDIM_CFGPP, "ddim_cfgpp");
        for (ScheduleType schedule : ScheduleType.values()) {
            SCHEDULES.put(lower(schedule.label()), schedule);
        }
        SCHEDULES.put("sgmuniform", ScheduleType.SGM_UNIFORM);
        SCHEDULES.put("poly exponential", ScheduleType.POLYEXPONENTIAL);
        // The suffix of A1111's aliases.
        SCHEDULES.put("ka", ScheduleType.KARRAS);
    }

    private SamplerNames() {}

    /** Empty: no sampler that Gesso has. */
    public static Optional<Named> parse(String name) {
        String wanted = lower(name);
        Sampler whole = SAMPLERS.get(wanted);
        if (whole != null) {
            return Optional.of(new Named(whole, ScheduleType.AUTOMATIC));
        }
        for (String separator : List.of(" ", "_")) {
            // "DPM++ 2M SDE SGM Uniform": the schedule may have a space of its own, so every cut is tried.
            for (int at = wanted.indexOf(separator); at >= 0; at = wanted.indexOf(separator, at + 1)) {
                Sampler sampler = SAMPLERS.get(wanted.substring(0, at));
                ScheduleType schedule = SCHEDULES.get(wanted.substring(at + 1));
                if (sampler != null && schedule != null) {
                    return Optional.of(new Named(sampler, schedule));
                }
            }
        }
        return Optional.empty();
    }

    /** Empty: no schedule that Gesso has. */
    public static Optional<ScheduleType> schedule(String name) {
        return Optional.ofNullable(SCHEDULES.get(lower(name)));
    }

    private static void alias(Sampler sampler, String... names) {
        for (String name : names) {
            SAMPLERS.put(name, sampler);
        }
    }

    private static String lower(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
