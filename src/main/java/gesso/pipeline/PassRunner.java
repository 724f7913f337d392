package gesso.pipeline;

import gesso.image.LatentPreview;
import gesso.prompt.PromptPlan;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.Refiner;
import gesso.request.SeedSettings;
import gesso.request.Turn;
import gesso.runtime.ControlResiduals;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.UNetModel;
import gesso.sampling.DiffusionModel;
import gesso.sampling.Guidance;
import gesso.sampling.Handover;
import gesso.sampling.ImageNoise;
import gesso.sampling.NoisePredictor;
import gesso.sampling.Prediction;
import gesso.sampling.Redirection;
import gesso.sampling.SamplerTraits;
import gesso.sampling.SamplingRun;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final @Nullable Checkpoint refiner;
    private final Controls controls;
    private final PictureNetworks networks;
    private final PictureEmbeddings words;
    private final GenerationRequest request;
    private final CancelToken token;
    private final Engine.Listener listener;
    private final Map<Object, Prediction> predictions = new HashMap<>();
    private Checkpoint finisher;

    /**
     * A runner for one request, whose seeds are drawn.
     *
     * @param refiner the request's; null: none
     * @param controls the request's ControlNets, which guide the checkpoint but not the refiner
     * @param networks that its prompts ask for
     * @param words textual inversions that they name
     */
    PassRunner(
            Models models,
            TextConditioner conditioner,
            PredictionMemory memory,
            Checkpoint checkpoint,
            @Nullable Checkpoint refiner,
            Controls controls,
            PictureNetworks networks,
            PictureEmbeddings words,
            GenerationRequest request,
            CancelToken token,
            Engine.Listener listener) {
        this.models = models;
        this.conditioner = conditioner;
        this.memory = memory;
        this.checkpoint = checkpoint;
        this.refiner = refiner;
        this.controls = controls;
        this.networks = networks;
        this.words = words;
        this.finisher = checkpoint;
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
        finisher = checkpoint;
        try (Stages stages = new Stages(pass)) {
            Handover.Stage first = stages.take(checkpoint);
            return new SamplingRun(
                            first.model(),
                            pass.settings(),
                            request.profile(),
                            first.guidance(),
                            handover(pass, stages),
                            redirections(pass, stages),
                            noise(pass, index),
                            pass.source(),
                            pass.plan(),
                            pass.blend(),
                            pass.strength(),
                            (step, total, sigma, denoised) -> report(pass, index, step, total, sigma, denoised))
                    .run();
        }
    }

    /** What a picture's file says of the ControlNets. */
    Map<String, String> guides() {
        return controls.facts();
    }

    /** The model that had the last run's last step: the refiner, where there is one and its turn came. */
    Checkpoint finisher() {
        return finisher;
    }

    /** With hires fix, A1111 refines the second pass alone. */
    private @Nullable Handover handover(Pass pass, Stages stages) {
        Refiner asked = request.refiner();
        Checkpoint second = refiner;
        boolean refined = request.hires() == null || pass.hires();
        if (asked == null || second == null || !refined || second.identity().equals(checkpoint.identity())) {
            return null;
        }
        return new Handover(asked.switchAt(), () -> {
            finisher = second;
            return stages.take(second);
        });
    }

    /** The request's turns that fall into this pass. What was turned before it holds in it, unless hires fix has words of its own. */
    private List<Redirection> redirections(Pass pass, Stages stages) {
        List<Redirection> redirections = new ArrayList<>();
        Hires hires = request.hires();
        boolean ownPrompt = pass.hires() && hires != null && !hires.prompt().isEmpty();
        boolean ownNegative =
                pass.hires() && hires != null && !hires.negativePrompt().isEmpty();
        String prompt = pass.prompt();
        String negative = pass.negativePrompt();
        double scale = pass.settings().cfgScale();
        for (Turn turn : request.turns()) {
            prompt = turn.prompt() == null || ownPrompt ? prompt : turn.prompt();
            negative = turn.negativePrompt() == null || ownNegative ? negative : turn.negativePrompt();
            scale = turn.cfgScale() == null ? scale : turn.cfgScale();
            Pass turned = pass.withPrompts(prompt, negative);
            redirections.add(
                    new Redirection(turn.after() - pass.stepsBefore(), () -> stages.turnTo(turned, finisher), scale));
        }
        return redirections;
    }

    /** The UNet that works now: the one before it is let go first, so that they need not have room side by side. */
    private final class Stages implements AutoCloseable {
        private Pass pass;
        private @Nullable Lease<UNetModel> lease;
        private Controls.@Nullable Running running;

        Stages(Pass pass) {
            this.pass = pass;
        }

        Handover.Stage turnTo(Pass other, Checkpoint plain) {
            pass = other;
            return take(plain);
        }

        Handover.Stage take(Checkpoint plain) {
            close();
            Checkpoint model = words.in(networks.in(plain, pass.prompt()));
            Guidance guidance = guidance(model, pass);
            boolean controlled = !controls.isEmpty() && plain.equals(checkpoint);
            Controls.Running guides = controlled ? controls.over(pass) : null;
            running = guides;
            Lease<UNetModel> unet = controlled ? models.controlledUnet(model.file()) : models.unet(model.file());
            lease = unet;
            return new Handover.Stage(
                    new DiffusionModel(
                            memory.over(
                                    moment -> guides == null
                                            ? model.identity()
                                            : model.identity() + " " + guides.describe(moment),
                                    listener.kept(),
                                    network(unet.get(), guides)),
                            model.schedule(),
                            prediction(model, unet.get()),
                            model.isSdxl()),
                    guidance);
        }

        @Override
        public void close() {
            if (running != null) {
                running.close();
                running = null;
            }
            if (lease != null) {
                lease.close();
            }
        }
    }

    /** The prompts as a model sees them, with what it sees beside the latent. */
    private Guidance guidance(Checkpoint model, Pass pass) {
        Guidance guidance = prompts(model, pass);
        FloatTensor channels = pass.channels();
        if (channels == null || model.info().inputChannels() == LATENT_CHANNELS) {
            return guidance;
        }
        if (!model.info().isInstruct()) {
            return guidance.beside(channels);
        }
        if (guidance.positive().size() > 1 && request.imageCfgScale() != 1) {
            throw new InvalidRequest(
                    "prompt",
                    "%s edits by one instruction: take AND out of the prompt, or set the image CFG scale to 1."
                            .formatted(model.name()));
        }
        return guidance.editing(channels, request.imageCfgScale());
    }

    private Guidance prompts(Checkpoint model, Pass pass) {
        // Prompt editing counts the steps that were asked for, also where image-to-image runs only the last of them.
        int evaluations = SamplerTraits.scheduledRuns(
                pass.settings().sampler(), pass.settings().steps());
        String text = pass.prompt();
        String negative = pass.negativePrompt();
        if (request.profile() != Profile.A1111) {
            // The other programs' prompts say the same at every step.
            return encoded(
                    model, pass, PromptPlan.literal(text, evaluations), PromptPlan.literal(negative, evaluations));
        }
        if (!pass.hires()) {
            return encoded(model, pass, PromptPlan.of(text, evaluations), PromptPlan.negative(negative, evaluations));
        }
        int before = SamplerTraits.scheduledRuns(
                request.sampling().sampler(), request.sampling().steps());
        return encoded(
                model,
                pass,
                PromptPlan.ofHires(text, before, evaluations),
                PromptPlan.negativeHires(negative, before, evaluations));
    }

    private Guidance encoded(Checkpoint model, Pass pass, PromptPlan positive, PromptPlan negative) {
        return conditioner.guidance(
                model, positive, negative, pass.toldSize(), request.profile(), request.text(), token);
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
        if (request.profile() == Profile.DIFFUSERS && pass.source() != null && request.rework() != null) {
            noise.skip();
        }
        return noise;
    }

    private Prediction prediction(Checkpoint model, UNetModel unet) {
        if (!model.info().predictionIsGuess()) {
            return model.prediction();
        }
        return predictions.computeIfAbsent(model.identity(), m -> PredictionTrial.run(unet, token));
    }

    private NoisePredictor network(UNetModel unet, Controls.@Nullable Running guides) {
        return (x, timestep, conditioning, moment) -> {
            token.check();
            // The moment's step is the last one done. Measured at 512×512: 0.2 GB less while the VAE works, in no more
            // time.
            if (moment.step() >= moment.steps() - 2) {
                unet.shrinkAfterNextRun();
            }
            FloatTensor channels = conditioning.channels();
            try (ControlResiduals control = guides == null ? null : guides.predict(x, timestep, conditioning, moment)) {
                return unet.predict(
                        channels == null ? x : beside(x, channels),
                        new float[] {(float) timestep},
                        conditioning.context(),
                        conditioning.vector(),
                        control,
                        token);
            }
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
        return finisher.isSdxl() ? LatentPreview.ofSdxl(denoised, 0) : LatentPreview.ofSd1(denoised, 0);
    }
}
