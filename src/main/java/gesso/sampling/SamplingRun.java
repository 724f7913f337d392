package gesso.sampling;

import gesso.request.Profile;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.tensor.FloatTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One picture's way from noise to latent.
 *
 * @param guidance the prompts, encoded
 * @param handover a second network that takes over on the way; null: none
 * @param redirections turns on the way, the earliest first
 * @param noise this picture's, fresh: its first noise is taken here
 * @param source the latent to start from, [1, 4, h, w]; null: from noise alone (text to image)
 * @param plan the steps to run: {@link StepPlan#all} without a source
 * @param blend how an inpainting mask holds the source in place; null: no mask
 * @param strength how much less than the plan's steps some places are part of; null: all of them everywhere
 * @param listener hears of every step and may throw to stop
 */
public record SamplingRun(
        DiffusionModel model,
        SamplingSettings settings,
        Profile profile,
        Guidance guidance,
        @Nullable Handover handover,
        List<Redirection> redirections,
        ImageNoise noise,
        @Nullable FloatTensor source,
        StepPlan plan,
        @Nullable LatentBlend blend,
        @Nullable LocalStrength strength,
        StepListener listener) {

    /** A run without turns. */
    public SamplingRun(
            DiffusionModel model,
            SamplingSettings settings,
            Profile profile,
            Guidance guidance,
            @Nullable Handover handover,
            ImageNoise noise,
            @Nullable FloatTensor source,
            StepPlan plan,
            @Nullable LatentBlend blend,
            @Nullable LocalStrength strength,
            StepListener listener) {
        this(model, settings, profile, guidance, handover, List.of(), noise, source, plan, blend, strength, listener);
    }

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
                SamplerTraits.worksOnTimesteps(settings.sampler(), profile) ? onTimesteps(first) : onNoiseLevels(first);
        FloatTensor blended = blend == null ? latent : blend.finish(latent);
        return strength == null ? blended : strength.finish(blended);
    }

    private FloatTensor onNoiseLevels(FloatTensor first) {
        Sampler sampler = settings.sampler() == Sampler.DDIM ? Sampler.EULER : settings.sampler();
        boolean lcm = sampler == Sampler.LCM;
        NoiseLevels levels = lcm ? new LcmLevels(model.schedule()) : levels(sampler);
        float[] schedule = schedule(levels);
        // A schedule may have more levels than it was asked for (DDIM's) or fewer (ComfyUI's Beta), so it matters who
        // counts how.
        int from = profile == Profile.COMFYUI
                ? Math.max(schedule.length - 1 - plan.run(), 0)
                : Math.min(plan.schedule() - plan.run(), schedule.length - 2);
        float[] sigmas = falling(java.util.Arrays.copyOfRange(schedule, from, schedule.length));
        FloatTensor noised = first.times(startScale(sigmas[0], levels.sigmaMax()));
        FloatTensor x = source == null ? noised : source.plus(noised);
        Function<DiffusionModel, ConditionalDenoiser> wrap =
                m -> lcm ? Denoisers.ofLcm(m, levels) : Denoisers.ofSigma(m, levels);
        GuidedDenoiser guided = guided(
                wrap.apply(model),
                settings.cfgScale(),
                GuidedDenoiser.Place.AFTER,
                settings.tuning().cfgRescale() == 0
                        ? null
                        : CfgRescale.ofSigma(settings.tuning().cfgRescale()));
        SamplerInput.Span span = source == null
                ? new SamplerInput.Span(levels.sigmaMax(), levels.sigmaMin(), plan.run())
                : SamplerInput.Span.of(sigmas);
        StepNoise steps = SamplerTraits.isBrownian(sampler)
                ? brownian(profile == Profile.COMFYUI ? sigmas : schedule)
                : (a, b) -> noise.next();
        Double eta = settings.tuning().eta();
        float amount = eta == null ? SamplerTraits.ancestralEta(sampler, profile) : eta.floatValue();
        return Samplers.sample(
                sampler,
                new SamplerInput(
                        held(relay(guided, wrap, this::nearestTimestep, cfg -> cfg), sigmas)::evaluate,
                        x,
                        sigmas,
                        span,
                        steps,
                        amount,
                        settings.tuning(),
                        counting(guided)));
    }

    private NoiseLevels levels(Sampler sampler) {
        return profile == Profile.DIFFUSERS
                ? new DiffusersLevels(model.schedule(), sampler, settings.effectiveSchedule(profile))
                : model.schedule();
    }

    /**
     * Without levels that repeat the one before: a little strength in exact steps asks for more levels than the model has, and
     * a step of no length divides by 0.
     */
    private static float[] falling(float[] sigmas) {
        float[] kept = new float[sigmas.length];
        int count = 0;
        for (float sigma : sigmas) {
            if (count == 0 || sigma < kept[count - 1]) {
                kept[count++] = sigma;
            }
        }
        return count < 2 ? sigmas : java.util.Arrays.copyOf(kept, count);
    }

    /**
     * ComfyUI gives a picture that starts from all the noise there is the spread that the network was trained on; so does
     * diffusers' DPM-Solver one that starts from noise alone.
     */
    private float startScale(float sigma, float most) {
        boolean whole =
                switch (profile) {
                    case A1111 -> false;
                    case COMFYUI -> sigma > most || Math.abs(sigma - most) <= 1e-5f * most;
                    case DIFFUSERS -> source == null && DiffusersLevels.isDpmSolver(settings.sampler());
                };
        return whole ? Float32.sqrt(1 + sigma * sigma) : sigma;
    }

    private StepNoise brownian(float[] sigmas) {
        float last = sigmas[sigmas.length - 1];
        return noise.brownian(last > 0 ? last : sigmas[sigmas.length - 2], sigmas[0]);
    }

    private FloatTensor onTimesteps(FloatTensor first) {
        TrainingSchedule schedule = model.schedule();
        int[] all = timesteps();
        FloatTensor x = first;
        int[] timesteps = all;
        if (source != null) {
            int encoded = Math.min(isLeading() ? plan.run() : plan.run() - 1, all.length - 1);
            float alpha = schedule.alphaCumprod(all[encoded]);
            x = source.times(Float32.sqrt(alpha)).plus(first.times(Float32.sqrt(1 - alpha)));
            // A1111 starts one step below the level that the source was noised to.
            timesteps = java.util.Arrays.copyOf(all, isLeading() ? encoded + 1 : encoded);
        }
        boolean cfgpp = settings.sampler() == Sampler.DDIM_CFGPP;
        DoubleUnaryOperator scaled = cfg -> cfgpp ? cfg * TimestepSamplers.CFGPP_SCALE : cfg;
        GuidedDenoiser guided = guided(
                Denoisers.ofTimestep(model),
                scaled.applyAsDouble(settings.cfgScale()),
                GuidedDenoiser.Place.BEFORE,
                settings.tuning().cfgRescale() == 0
                        ? null
                        : CfgRescale.ofTimestep(settings.tuning().cfgRescale(), schedule));
        Double eta = settings.tuning().eta();
        return TimestepSamplers.sample(
                settings.sampler(),
                new TimestepSamplers.Input(
                        new Guided(guided, relay(guided, Denoisers::ofTimestep, t -> (int) t, scaled), heldNoise(all)),
                        x,
                        timesteps,
                        schedule,
                        source == null,
                        (a, b) -> noise.next(),
                        eta == null ? 0 : eta,
                        counting(guided)));
    }

    private float[] schedule(NoiseLevels levels) {
        ScheduleType type = settings.effectiveSchedule(profile);
        SamplerTuning tuning = settings.tuning();
        boolean discard =
                tuning.discardPenultimateSigma() || SamplerTraits.discardsPenultimate(settings.sampler(), profile);
        return SigmaSchedules.sigmas(type, profile, levels, model.sdxl(), plan.schedule(), tuning, discard);
    }

    /** Evenly spaced from 1 up, as many as the training steps' whole quotient allows. */
    private int[] timesteps() {
        int steps = plan.schedule() + (settings.tuning().discardPenultimateSigma() ? 1 : 0);
        int count = model.schedule().timesteps();
        int stride = Math.max(count / steps, 1);
        if (isLeading()) {
            return fromZero(steps, stride, count);
        }
        int[] timesteps = new int[(count - 1) / stride + 1];
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = Math.min(i * stride + 1, count - 1);
        }
        return timesteps;
    }

    /** Whether the timesteps are diffusers'; UniPC makes its own out of their number. */
    private boolean isLeading() {
        return profile == Profile.DIFFUSERS && settings.sampler() != Sampler.UNIPC;
    }

    /** diffusers' "leading" timesteps with offset 1, and timestep 0, to which its last step goes. */
    private static int[] fromZero(int steps, int stride, int count) {
        int[] timesteps = new int[steps + 1];
        for (int i = 1; i <= steps; i++) {
            timesteps[i] = Math.min((i - 1) * stride + 1, count - 1);
        }
        return timesteps;
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

    /** The prediction for x at a noise level or a timestep. */
    private interface Evaluation {
        FloatTensor evaluate(FloatTensor x, float level);
    }

    private interface Timestep {
        int of(float level);
    }

    /** Turns where the request does, and hands over to the second network when its turn comes. */
    private Evaluation relay(
            GuidedDenoiser guided,
            Function<DiffusionModel, ConditionalDenoiser> wrap,
            Timestep timestep,
            DoubleUnaryOperator scaled) {
        Deque<Redirection> ahead = new ArrayDeque<>(redirections);
        Handover[] second = {handover};
        return (x, level) -> {
            while (!ahead.isEmpty() && guided.stepsDone() >= ahead.getFirst().after()) {
                Redirection turn = ahead.removeFirst();
                goOn(guided, wrap, turn.next().get());
                guided.goOnBy(scaled.applyAsDouble(turn.scale()));
            }
            if (second[0] != null
                    && second[0].isDue(timestep.of(level), model.schedule().timesteps())) {
                goOn(guided, wrap, second[0].next().get());
                second[0] = null;
            }
            return guided.evaluate(x, level);
        };
    }

    private static void goOn(
            GuidedDenoiser guided, Function<DiffusionModel, ConditionalDenoiser> wrap, Handover.Stage stage) {
        guided.goOnWith(wrap.apply(stage.model()), stage.guidance());
    }

    private int nearestTimestep(float sigma) {
        TrainingSchedule schedule = model.schedule();
        int nearest = 0;
        for (int t = 1; t < schedule.timesteps(); t++) {
            if (Math.abs(schedule.sigma(t) - sigma) < Math.abs(schedule.sigma(nearest) - sigma)) {
                nearest = t;
            }
        }
        return nearest;
    }

    /** With the original where its turn has not come, on falling noise levels of which the last is 0. */
    private Evaluation held(Evaluation evaluation, float[] sigmas) {
        if (strength == null) {
            return evaluation;
        }
        LocalStrength.Held held = strength.over(runs -> sigmas[Math.max(sigmas.length - 1 - runs, 0)]);
        return (x, sigma) -> held.denoised(evaluation.evaluate(x, sigma), sigma);
    }

    private HeldNoise heldNoise(int[] timesteps) {
        if (strength == null) {
            return (x, noise, timestep) -> noise;
        }
        // A1111 starts one step below the level that the source was noised to.
        int ahead = isLeading() ? 0 : 2;
        LocalStrength.Held held = strength.over(runs ->
                runs < ahead ? -1 : timesteps[Math.min(runs - ahead, timesteps.length - 1)] + 0.5);
        return (x, noise, timestep) ->
                held.noise(x, noise, timestep, model.schedule().alphaCumprod((int) timestep));
    }

    private interface HeldNoise {
        FloatTensor of(FloatTensor x, FloatTensor noise, float timestep);
    }

    private static final class Guided implements TimestepModel {
        private final GuidedDenoiser denoiser;
        private final Evaluation evaluation;
        private final HeldNoise held;
        private @Nullable FloatTensor x;
        private float timestep;

        Guided(GuidedDenoiser denoiser, Evaluation evaluation, HeldNoise held) {
            this.denoiser = denoiser;
            this.evaluation = evaluation;
            this.held = held;
        }

        @Override
        public FloatTensor noise(FloatTensor at, float when) {
            x = at;
            timestep = when;
            return held.of(at, evaluation.evaluate(at, when), when);
        }

        @Override
        public FloatTensor lastNegativeNoise() {
            FloatTensor negative = denoiser.lastNegative();
            return x == null ? negative : held.of(x, negative, timestep);
        }
    }
}
