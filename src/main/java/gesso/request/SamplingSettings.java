package gesso.request;

/**
 * How the noise becomes a picture.
 *
 * @param steps sampling steps, 1–150
 * @param cfgScale guidance: uncond + scale·(cond − uncond), 1–30; 1 skips the negative pass
 */
public record SamplingSettings(
        Sampler sampler, ScheduleType schedule, int steps, double cfgScale, SamplerTuning tuning) {
    public static final SamplingSettings DEFAULT =
            new SamplingSettings(Sampler.DPMPP_2M, ScheduleType.AUTOMATIC, 20, 7, SamplerTuning.DEFAULT);

    public SamplingSettings {
        InvalidRequest.range("steps", "Sampling steps", steps, 1, 150);
        InvalidRequest.range("cfg", "CFG scale", cfgScale, 1, 30);
    }

    /**
     * The schedule that runs. "Automatic" is the sampler's own in A1111 (AUTOMATIC again: the model's), what KSampler starts with
     * in ComfyUI, and the plain spacing of every scheduler in diffusers.
     */
    public ScheduleType effectiveSchedule(Profile profile) {
        if (schedule != ScheduleType.AUTOMATIC) {
            return schedule;
        }
        return switch (profile) {
            case A1111 -> sampler.automaticSchedule();
            case COMFYUI -> ScheduleType.NORMAL;
            case DIFFUSERS -> ScheduleType.UNIFORM;
        };
    }

    public SamplingSettings withSampler(Sampler value) {
        return new SamplingSettings(value, schedule, steps, cfgScale, tuning);
    }

    public SamplingSettings withSchedule(ScheduleType value) {
        return new SamplingSettings(sampler, value, steps, cfgScale, tuning);
    }

    public SamplingSettings withSteps(int value) {
        return new SamplingSettings(sampler, schedule, value, cfgScale, tuning);
    }

    public SamplingSettings withCfgScale(double value) {
        return new SamplingSettings(sampler, schedule, steps, value, tuning);
    }

    public SamplingSettings withTuning(SamplerTuning value) {
        return new SamplingSettings(sampler, schedule, steps, cfgScale, value);
    }
}
