package gesso.sampling;

import gesso.request.Profile;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * One picture's way from noise to latent.
 *
 * @param guidance the prompts, encoded
 * @param noise this picture's, fresh: its first noise is taken here
 * @param source the latent to start from, [1, 4, h, w]; null: from noise alone (text to image)
 * @param plan the steps to run: {@link StepPlan#all} without a source
 * @param blend how an inpainting mask holds the source in place; null: no mask
 * @param listener hears of every step and may throw to stop
 */
public record SamplingRun(
        DiffusionModel model,
        SamplingSettings settings,
        Profile profile,
        Guidance guidance,
        ImageNoise noise,
        @Nullable FloatTensor source,
        StepPlan plan,
        @Nullable LatentBlend blend,
        StepListener listener) {

    /**
     * Runs the sampler.
     *
     * @return the finished latent, [1, 4, h, w], blended with the source where there is a mask
     */
    public FloatTensor run() {
        if (plan.run() == 0 && source != null) {
            return source;
        }
        FloatTensor first = noise.next();
        FloatTensor latent =
                SamplerTraits.worksOnTimesteps(settings.sampler()) ? onTimesteps(first) : onNoiseLevels(first);
        return blend == null ? latent : blend.finish(latent);
    }

    private FloatTensor onNoiseLevels(FloatTensor first) {
        Sampler sampler = settings.sampler();
        boolean lcm = sampler == Sampler.LCM;
        NoiseLevels levels = lcm ? new LcmLevels(model.schedule()) : model.schedule();
        float[] schedule = schedule(levels);
        // Where a schedule has more levels than steps (DDIM's), the last steps are the ones that count.
        int from = plan.schedule() - plan.run();
        float[] sigmas = java.util.Arrays.copyOfRange(schedule, from, schedule.length);
        FloatTensor noised = first.times(sigmas[0]);
        FloatTensor x = source == null ? noised : source.plus(noised);
        GuidedDenoiser guided = guided(
                lcm ? Denoisers.ofLcm(model, levels) : Denoisers.ofSigma(model, levels),
                settings.cfgScale(),
                GuidedDenoiser.Place.AFTER,
                settings.tuning().cfgRescale() == 0
                        ? null
                        : CfgRescale.ofSigma(settings.tuning().cfgRescale()));
        SamplerInput.Span span = source == null
                ? new SamplerInput.Span(levels.sigmaMax(), levels.sigmaMin(), plan.run())
                : SamplerInput.Span.of(sigmas);
        StepNoise steps = SamplerTraits.isBrownian(sampler)
                ? noise.brownian(smallest(schedule), schedule[0])
                : (a, b) -> noise.next();
        return Samplers.sample(
                sampler,
                new SamplerInput(guided::evaluate, x, sigmas, span, steps, settings.tuning(), counting(guided)));
    }

    private FloatTensor onTimesteps(FloatTensor first) {
        TrainingSchedule schedule = model.schedule();
        int[] all = timesteps();
        FloatTensor x = first;
        int[] timesteps = all;
        if (source != null) {
            int encoded = Math.min(plan.run() - 1, all.length - 1);
            float alpha = schedule.alphaCumprod(all[encoded]);
            x = source.times(Float32.sqrt(alpha)).plus(first.times(Float32.sqrt(1 - alpha)));
            timesteps = java.util.Arrays.copyOf(all, encoded);
        }
        boolean cfgpp = settings.sampler() == Sampler.DDIM_CFGPP;
        GuidedDenoiser guided = guided(
                Denoisers.ofTimestep(model),
                cfgpp ? settings.cfgScale() * TimestepSamplers.CFGPP_SCALE : settings.cfgScale(),
                GuidedDenoiser.Place.BEFORE,
                settings.tuning().cfgRescale() == 0
                        ? null
                        : CfgRescale.ofTimestep(settings.tuning().cfgRescale(), schedule));
        Double eta = settings.tuning().eta();
        return TimestepSamplers.sample(
                settings.sampler(),
                new TimestepSamplers.Input(
                        new Guided(guided),
                        x,
                        timesteps,
                        schedule,
                        source == null,
                        (a, b) -> noise.next(),
                        eta == null ? 0 : eta,
                        counting(guided)));
    }

    private float[] schedule(NoiseLevels levels) {
        ScheduleType type = settings.effectiveSchedule();
        SamplerTuning tuning = settings.tuning();
        boolean discard = tuning.discardPenultimateSigma() || SamplerTraits.discardsPenultimate(settings.sampler());
        return SigmaSchedules.sigmas(type, levels, model.sdxl(), plan.schedule(), tuning, discard);
    }

    /** Evenly spaced from 1 up, as many as the training steps' whole quotient allows. */
    private int[] timesteps() {
        int steps = plan.schedule() + (settings.tuning().discardPenultimateSigma() ? 1 : 0);
        int count = model.schedule().timesteps();
        int stride = Math.max(count / steps, 1);
        int[] timesteps = new int[(count - 1) / stride + 1];
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = Math.min(i * stride + 1, count - 1);
        }
        return timesteps;
    }

    private static float smallest(float[] sigmas) {
        float last = sigmas[sigmas.length - 1];
        return last > 0 ? last : sigmas[sigmas.length - 2];
    }

    private GuidedDenoiser guided(
            ConditionalDenoiser inner, double scale, GuidedDenoiser.Place place, @Nullable CfgRescale rescale) {
        GuidedDenoiser.Steps steps =
                new GuidedDenoiser.Steps(plan.run(), SamplerTraits.scheduledRuns(settings.sampler(), plan.run()));
        return new GuidedDenoiser(inner, guidance, scale, settings.tuning(), steps, blend, place, rescale);
    }

    private StepListener counting(GuidedDenoiser guided) {
        return (index, total, sigma, denoised) -> {
            guided.stepDone(index);
            listener.onStep(index, total, sigma, denoised);
        };
    }

    private record Guided(GuidedDenoiser denoiser) implements TimestepModel {
        @Override
        public FloatTensor noise(FloatTensor x, float timestep) {
            return denoiser.evaluate(x, timestep);
        }

        @Override
        public FloatTensor lastNegativeNoise() {
            return denoiser.lastNegative();
        }
    }
}
