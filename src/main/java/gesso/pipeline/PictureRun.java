package gesso.pipeline;

import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.sampling.StepPlan;
import gesso.tensor.FloatTensor;
import gesso.weights.ModelInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the pictures of one request. */
final class PictureRun implements PictureMaker {
    private final GenerationRequest request;
    private final PassRunner passes;
    private final Decoding decoding;
    private final Engine.Listener listener;
    private final @Nullable HiresFix hires;
    private final @Nullable Reworking reworking;
    private final @Nullable MaskChannels inpainting;
    private Map<String, String> facts = Map.of();

    /** @param model what the model is, which decides what it sees beside the latent */
    PictureRun(
            GenerationRequest request,
            PassRunner passes,
            Decoding decoding,
            ModelInfo model,
            Upscaling.ForJob enlarger,
            Engine.Listener listener) {
        this.request = request;
        this.passes = passes;
        this.decoding = decoding;
        this.listener = listener;
        this.hires = request.hires() == null ? null : new HiresFix(request, request.hires(), decoding, enlarger);
        if (model.isInstruct() && request.rework() == null) {
            throw new InvalidRequest(
                    "model",
                    "%s edits pictures by instruction: give it a picture to start from, or choose another model."
                            .formatted(model.title()));
        }
        this.reworking = request.rework() == null
                ? null
                : new Reworking(
                        request, enlarger.enlarged(request.rework(), request.size()), decoding, model.isInstruct());
        this.inpainting = model.isInpainting() ? new MaskChannels(decoding) : null;
        String note = reworking == null ? null : reworking.note();
        if (note != null) {
            listener.notice(note);
        }
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> all = new LinkedHashMap<>(passes.guides());
        all.putAll(facts);
        if (decoding.isTiled()) {
            all.put("VAE tiling", "True");
        }
        return all;
    }

    @Override
    public Checkpoint finisher() {
        return passes.finisher();
    }

    @Override
    public Picture make(int index, PicturePrompts prompts) {
        if (reworking != null) {
            return rework(reworking, index, prompts);
        }
        VaeNoise noise = new VaeNoise(null);
        noise.seed(request.seeds().forPicture(index));
        FloatTensor latent = passes.run(textToImage(prompts, noise), index);
        if (hires != null) {
            latent = passes.run(hires.pass(latent, prompts, inpainting, noise), index);
        }
        listener.decoding(index);
        return decoding.with(passes.finisher()).decodeToPixels(latent);
    }

    private Picture rework(Reworking reworking, int index, PicturePrompts prompts) {
        FloatTensor source = reworking.source(index);
        FloatTensor latent = passes.run(reworking.pass(source, prompts, inpainting), index);
        listener.decoding(index);
        Picture finished = reworking.finish(decoding.with(passes.finisher()).decodeToPixels(latent), source, latent);
        facts = reworking.facts(finished);
        return finished;
    }

    private Pass textToImage(PicturePrompts prompts, VaeNoise noise) {
        int steps = request.sampling().steps();
        int more = hires == null ? 0 : hires.steps();
        return new Pass(
                request.size(),
                request.size(),
                prompts.prompt(),
                prompts.negative(),
                request.sampling(),
                null,
                StepPlan.all(steps),
                null,
                null,
                inpainting == null ? null : inpainting.everything(request.size(), noise),
                false,
                0,
                steps + more);
    }
}
