package gesso.pipeline;

import gesso.image.InpaintPlan;
import gesso.image.LatentScaling;
import gesso.image.PixelHash;
import gesso.image.Pixels;
import gesso.image.Region;
import gesso.image.SoftBlend;
import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.Rework;
import gesso.request.SeedSettings;
import gesso.request.SoftInpainting;
import gesso.sampling.ImageNoise;
import gesso.sampling.LatentBlend;
import gesso.sampling.MaskBlend;
import gesso.sampling.StepPlan;
import gesso.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Image-to-image and inpainting: the networks' part of {@link InpaintPlan}'s order, as A1111 does it. */
final class Reworking {
    private final GenerationRequest request;
    private final Rework rework;
    private final InpaintPlan plan;
    private final Decoding decoding;
    private final VaeNoise noise;
    private final boolean instruct;
    private final Strengths strengths;
    private @Nullable FloatTensor encoded;

    /** @param instruct whether the model sees the whole picture beside the latent, and edits it by instruction */
    Reworking(GenerationRequest request, Rework rework, Decoding decoding, boolean instruct) {
        this.instruct = instruct;
        this.request = request;
        this.rework = rework;
        this.decoding = decoding;
        this.noise = new VaeNoise(rework.encodingSeed());
        this.plan = InpaintPlan.of(rework, request.size());
        this.strengths = new Strengths(request, rework, plan.strength());
    }

    /** The part of a request's source that is generated, with "only masked"; null: all of it, or there is no source. */
    static @Nullable Region region(GenerationRequest request) {
        Rework rework = request.rework();
        boolean part =
                rework != null && rework.inpaint() != null && rework.inpaint().area() == InpaintArea.ONLY_MASKED;
        return rework != null && part ? InpaintPlan.of(rework, request.size()).region() : null;
    }

    /** What the user should know about the source and its mask; null: nothing. */
    @Nullable
    String note() {
        return plan.note();
    }

    /**
     * Picture {@code index}'s latent before the first step.
     *
     * @return [1, 4, h/8, w/8]
     */
    FloatTensor source(int index) {
        FloatTensor latent = encoded(index);
        FloatTensor mask = plan.latentMask();
        if (mask == null || content() == MaskedContent.ORIGINAL || content() == MaskedContent.FILL) {
            return latent;
        }
        FloatTensor zeros = FloatTensor.zeros(latent.shape());
        FloatTensor kept = new MaskBlend(latent, mask).finish(zeros);
        return content() == MaskedContent.LATENT_NOTHING
                ? kept
                : new MaskBlend(latent, mask).finish(latentNoise(index, latent));
    }

    /**
     * The sampling of picture {@code index}.
     *
     * @param source see {@link #source}
     * @param prompts this picture's
     * @param inpainting what an inpainting model sees beside the latent; null for other models
     */
    Pass pass(FloatTensor source, PicturePrompts prompts, @Nullable MaskChannels inpainting) {
        // diffusers' editing pipeline starts from noise alone.
        boolean fromNoise = instruct && request.profile() == Profile.DIFFUSERS;
        StepPlan steps = fromNoise ? StepPlan.all(request.sampling().steps()) : strengths.plan();
        return new Pass(
                request.size(),
                request.size(),
                prompts.prompt(),
                prompts.negative(),
                request.sampling(),
                fromNoise ? null : source,
                steps,
                blend(source),
                fromNoise ? null : strengths.over(source),
                channels(inpainting),
                false,
                0,
                steps.run());
    }

    private @Nullable FloatTensor channels(@Nullable MaskChannels inpainting) {
        if (instruct) {
            return sized(decoding.plainMean(Pixels.toTensor(plan.init())));
        }
        return inpainting == null
                ? null
                : inpainting.beside(plan.conditioningMask(), plan.conditioningPicture(request.maskWeight()), noise);
    }

    /** With "latent upscale" the picture still has its own size. */
    private FloatTensor sized(FloatTensor latent) {
        return plan.latentUpscale()
                ? LatentScaling.BILINEAR.resize(
                        latent,
                        request.size().height() / PassRunner.LATENT_SCALE,
                        request.size().width() / PassRunner.LATENT_SCALE)
                : latent;
    }

    /** The finished picture: colours corrected, and what lies outside the mask as it was. */
    Picture finish(Picture generated, FloatTensor source, FloatTensor latent) {
        return soft() == null ? plan.finish(generated) : plan.finish(generated, source, latent, 0);
    }

    /** What a finished picture was found to be, in the words of its file. */
    Map<String, String> facts(Picture finished) {
        Map<String, String> facts = new LinkedHashMap<>();
        Picture map = rework.strengthMap();
        if (map != null) {
            // By its pixels, as A1111 names the picture that was started from.
            facts.put("Strength map", PixelHash.of(map));
        }
        Boolean unchanged = plan.outsideIsUnchanged(finished);
        if (unchanged != null) {
            facts.put("Mask check", unchanged ? "outside unchanged" : "outside changed");
        }
        return facts;
    }

    /**
     * The source's latent. It goes through the VAE once where all pictures see it the same; with noise, A1111 and diffusers draw
     * it for each of a batch.
     */
    private FloatTensor encoded(int index) {
        boolean own = request.profile() == Profile.DIFFUSERS && rework.encodingSeed() == null;
        FloatTensor latent = encoded;
        if (latent == null || own || rework.encodingSeed() != null) {
            VaeNoise drawn = own ? VaeNoise.ofPicture(request.seeds().forPicture(index)) : noise;
            latent = sized(decoding.encode(Pixels.toTensor(plan.init()), drawn));
            encoded = latent;
        }
        return latent;
    }

    private @Nullable LatentBlend blend(FloatTensor source) {
        FloatTensor mask = plan.latentMask();
        SoftInpainting soft = soft();
        if (mask == null) {
            return null;
        }
        return soft == null ? new MaskBlend(source, mask) : new Soft(new SoftBlend(soft), source, mask);
    }

    /** "Latent noise": A1111 gives every batch the noise of the first one's seeds, without variations. */
    private FloatTensor latentNoise(int index, FloatTensor like) {
        SeedSettings seeds = request.seeds().forPicture(index % request.batchSize());
        SeedSettings plain = new SeedSettings(seeds.seed(), seeds.rng(), 0, 0, null, 0);
        if (rework.encodingSeed() != null) {
            noise.seed(plain);
        }
        return ImageNoise.of(plain, 0, 1, like.dim(1), like.dim(2), like.dim(3)).next();
    }

    private MaskedContent content() {
        Inpaint inpaint = rework.inpaint();
        return inpaint == null ? MaskedContent.ORIGINAL : inpaint.content();
    }

    private @Nullable SoftInpainting soft() {
        Inpaint inpaint = rework.inpaint();
        return inpaint == null ? null : inpaint.soft();
    }

    /** Soft inpainting blends at every step, but not after the last. */
    private record Soft(SoftBlend settings, FloatTensor source, FloatTensor mask) implements LatentBlend {
        @Override
        public FloatTensor blend(FloatTensor latent, double level) {
            return settings.blend(source, latent, mask, (float) level);
        }

        @Override
        public FloatTensor finish(FloatTensor latent) {
            return latent;
        }
    }
}
