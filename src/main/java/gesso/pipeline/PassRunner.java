package gesso.pipeline;

import gesso.image.LatentPreview;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.Refiner;
import gesso.request.SeedSettings;
import gesso.request.Turn;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.UNetModel;
import gesso.sampling.DiffusionModel;
import gesso.sampling.Guidance;
import gesso.sampling.Handover;
import gesso.sampling.ImageNoise;
import gesso.sampling.Prediction;
import gesso.sampling.Redirection;
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
    private final PassGuidance guidance;
    private final PredictionMemory memory;
    private final Checkpoint checkpoint;
    private final @Nullable Checkpoint refiner;
    private final Controls controls;
    private final ExtraNetworks networks;
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
     */
    PassRunner(
            Models models,
            PassGuidance guidance,
            PredictionMemory memory,
            Checkpoint checkpoint,
            @Nullable Checkpoint refiner,
            Controls controls,
            ExtraNetworks networks,
            GenerationRequest request,
            CancelToken token,
            Engine.Listener listener) {
        this.models = models;
        this.guidance = guidance;
        this.memory = memory;
        this.checkpoint = checkpoint;
        this.refiner = refiner;
        this.controls = controls;
        this.networks = networks;
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
            Checkpoint model = networks.in(plain, pass.prompt());
            Guidance said = guidance.of(model, pass);
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
                                    new UNetPredictor(unet.get(), guides, token)),
                            model.schedule(),
                            prediction(model, unet.get()),
                            model.isSdxl()),
                    said);
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
