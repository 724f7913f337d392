package gesso.pipeline;

import gesso.prompt.PromptPlan;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Profile;
import gesso.sampling.Guidance;
import gesso.sampling.SamplerTraits;
import gesso.tensor.FloatTensor;

/** A pass's prompts as a model sees them, with what it sees beside the latent. */
final class PassGuidance {
    private final TextConditioner conditioner;
    private final GenerationRequest request;
    private final CancelToken token;

    PassGuidance(TextConditioner conditioner, GenerationRequest request, CancelToken token) {
        this.conditioner = conditioner;
        this.request = request;
        this.token = token;
    }

    /** For the whole pass. @throws InvalidRequest where the model cannot take such a prompt */
    Guidance of(Checkpoint model, Pass pass) {
        Guidance guidance = prompts(model, pass);
        FloatTensor channels = pass.channels();
        if (channels == null || model.info().inputChannels() == PassRunner.LATENT_CHANNELS) {
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
}
