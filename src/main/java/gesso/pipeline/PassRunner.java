package gesso.pipeline;

import gesso.image.LatentPreview;
import gesso.prompt.PromptPlan;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.SeedSettings;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.UNetModel;
import gesso.sampling.DiffusionModel;
import gesso.sampling.Guidance;
import gesso.sampling.ImageNoise;
import gesso.sampling.NoisePredictor;
import gesso.sampling.Prediction;
import gesso.sampling.SamplerTraits;
import gesso.sampling.SamplingRun;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** Runs passes of one request: prompts to conditioning, noise to latent. */
final class PassRunner {
    /** One latent value stands for 8×8 pixels. */
    static final int LATENT_SCALE = 8;

    static final int LATENT_CHANNELS = 4;

    private final Models models;
    private final TextConditioner conditioner;
    private final PredictionMemory memory;
    private final Checkpoint checkpoint;
    private final GenerationRequest request;
    private final CancelToken token;
    private final Engine.Listener listener;
    private @Nullable Prediction prediction;

    /** A runner for one request, whose seeds are drawn. */
    PassRunner(
            Models models,
            TextConditioner conditioner,
            PredictionMemory memory,
            Checkpoint checkpoint,
            GenerationRequest request,
            CancelToken token,
            Engine.Listener listener) {
        this.models = models;
        this.conditioner = conditioner;
        this.memory = memory;
        this.checkpoint = checkpoint;
        this.request = request;
        this.token = token;
        this.listener = listener;
    }

    /**
     * The latent of picture {@code index}.
     *
     * @return [1, 4, h/8, w/8], as the UNet sees it
     */
    FloatTensor run(Pass pass, int index) {
        Guidance guidance = guidance(pass);
        try (Lease<UNetModel> unet = models.unet(checkpoint.file())) {
            DiffusionModel model = new DiffusionModel(
                    memory.over(
                            checkpoint.identity(),
                            pass.channels(),
                            listener.kept(),
                            network(unet.get(), pass.channels())),
                    checkpoint.schedule(),
                    prediction(unet.get()),
                    checkpoint.isSdxl());
            return new SamplingRun(
                            model,
                            pass.settings(),
                            request.profile(),
                            guidance,
                            noise(pass, index),
                            pass.source(),
                            pass.plan(),
                            pass.blend(),
                            (step, total, sigma, denoised) -> report(pass, index, step, total, sigma, denoised))
                    .run();
        }
    }

    private Guidance guidance(Pass pass) {
        // Prompt editing counts the steps that were asked for, also where image-to-image runs only the last of them.
        int evaluations = SamplerTraits.scheduledRuns(
                pass.settings().sampler(), pass.settings().steps());
        String text = pass.prompt();
        String negative = pass.negativePrompt();
        if (request.profile() != Profile.A1111) {
            // The other programs' prompts say the same at every step.
            return guidance(pass, PromptPlan.literal(text, evaluations), PromptPlan.literal(negative, evaluations));
        }
        if (!pass.hires()) {
            return guidance(pass, PromptPlan.of(text, evaluations), PromptPlan.negative(negative, evaluations));
        }
        int before = SamplerTraits.scheduledRuns(
                request.sampling().sampler(), request.sampling().steps());
        return guidance(
                pass,
                PromptPlan.ofHires(text, before, evaluations),
                PromptPlan.negativeHires(negative, before, evaluations));
    }

    private Guidance guidance(Pass pass, PromptPlan positive, PromptPlan negative) {
        return conditioner.guidance(
                checkpoint, positive, negative, pass.toldSize(), request.profile(), request.text(), token);
    }

    private ImageNoise noise(Pass pass, int index) {
        int batch = request.batchSize();
        int first = index / batch * batch;
        SeedSettings seeds = request.seeds().forPicture(first);
        ImageNoise noise = ImageNoise.of(
                seeds,
                index - first,
                batch,
                LATENT_CHANNELS,
                pass.size().height() / LATENT_SCALE,
                pass.size().width() / LATENT_SCALE);
        if (request.profile() == Profile.DIFFUSERS && request.rework() != null) {
            noise.skip();
        }
        return noise;
    }

    private Prediction prediction(UNetModel unet) {
        Prediction known = prediction;
        if (known == null) {
            known = checkpoint.info().predictionIsGuess() ? PredictionTrial.run(unet, token) : checkpoint.prediction();
            prediction = known;
        }
        return known;
    }

    private NoisePredictor network(UNetModel unet, @Nullable FloatTensor channels) {
        return (x, timestep, conditioning, moment) -> {
            token.check();
            // The moment's step is the last one done. Measured at 512×512: 0.2 GB less while the VAE works, in no more
            // time.
            if (moment.step() >= moment.steps() - 2) {
                unet.shrinkAfterNextRun();
            }
            return unet.predict(
                    channels == null ? x : beside(x, channels),
                    new float[] {(float) timestep},
                    conditioning.context(),
                    conditioning.vector(),
                    token);
        };
    }

    /** The latent and the other channels as one input, [1, 4 + n, h, w]. */
    private static FloatTensor beside(FloatTensor x, FloatTensor channels) {
        float[] both = new float[x.size() + channels.size()];
        System.arraycopy(x.data(), 0, both, 0, x.size());
        System.arraycopy(channels.data(), 0, both, x.size(), channels.size());
        return FloatTensor.of(both, 1, x.dim(1) + channels.dim(1), x.dim(2), x.dim(3));
    }

    private void report(Pass pass, int index, int step, int total, float sigma, FloatTensor denoised) {
        token.check();
        // A sampler that chooses its own steps may take more than were planned.
        int steps = Math.max(pass.stepsAll() - pass.plan().run() + total, pass.stepsBefore() + step + 1);
        listener.step(new Engine.Step(
                index, request.pictures(), pass.stepsBefore() + step + 1, steps, sigma, () -> preview(denoised)));
    }

    private Picture preview(FloatTensor denoised) {
        return checkpoint.isSdxl() ? LatentPreview.ofSdxl(denoised, 0) : LatentPreview.ofSd1(denoised, 0);
    }
}
