package gesso.pipeline;

import gesso.image.LatentScaling;
import gesso.image.Pixels;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.sampling.StepPlan;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** Hires fix: the first pass's picture is enlarged, as a latent or as pixels, and partly painted anew (A1111). */
final class HiresFix {
    private final GenerationRequest request;
    private final Hires hires;
    private final Decoding decoding;
    private final HiresSize size;
    private final Upscaling.ForJob enlarger;

    HiresFix(GenerationRequest request, Hires hires, Decoding decoding, Upscaling.ForJob enlarger) {
        this.enlarger = enlarger;
        this.request = request;
        this.hires = hires;
        this.decoding = decoding;
        this.size = HiresSize.of(hires, request.size());
        if (!LatentScaling.isOne(hires.upscaler())) {
            enlarger.check(hires.upscaler());
        }
    }

    /** How many steps the second pass runs. */
    int steps() {
        return plan().run();
    }

    /**
     * The second pass.
     *
     * @param first the latent that the first pass ended with, [1, 4, h/8, w/8]
     * @param prompts this picture's
     * @param inpainting what an inpainting model sees beside the latent; null for other models
     */
    Pass pass(FloatTensor first, PicturePrompts prompts, @Nullable MaskChannels inpainting, VaeNoise noise) {
        FloatTensor enlarged;
        FloatTensor channels = null;
        if (LatentScaling.isOne(hires.upscaler())) {
            enlarged = LatentScaling.parse(hires.upscaler()).resize(first, size.latentHeight(), size.latentWidth());
            if (inpainting != null) {
                channels = request.maskWeight() < 1
                        ? inpainting.everything(decoding.decode(enlarged), request.maskWeight(), noise)
                        : inpainting.everything(size.enlarged(), noise);
            }
        } else {
            Picture picture = decoding.decodeToPixels(first);
            FloatTensor image = Pixels.toTensor(enlarger.enlarge(picture, size.enlarged(), hires.upscaler()));
            enlarged = decoding.encode(image, noise);
            channels = inpainting == null ? null : inpainting.everything(image, request.maskWeight(), noise);
        }
        return new Pass(
                size.result(),
                size.enlarged(),
                prompts.hires().isEmpty() ? prompts.prompt() : prompts.hires(),
                prompts.hiresNegative().isEmpty() ? prompts.negative() : prompts.hiresNegative(),
                settings(),
                cut(enlarged),
                plan(),
                null,
                null,
                channels == null ? null : cut(channels),
                true,
                request.sampling().steps(),
                request.sampling().steps() + steps());
    }

    private StepPlan plan() {
        return StepPlan.of(request.profile(), settings().steps(), hires.denoisingStrength(), true);
    }

    private SamplingSettings settings() {
        SamplingSettings first = request.sampling();
        ScheduleType schedule = hires.schedule();
        return new SamplingSettings(
                hires.sampler() == null ? first.sampler() : hires.sampler(),
                schedule == null ? first.schedule() : schedule,
                hires.steps() == 0 ? first.steps() : hires.steps(),
                hires.cfgScale() == 0 ? first.cfgScale() : hires.cfgScale(),
                first.tuning());
    }

    /** Cuts what is more than wanted off, evenly; an odd one off the right or lower side. */
    private FloatTensor cut(FloatTensor x) {
        if (size.cutX() == 0 && size.cutY() == 0) {
            return x;
        }
        int left = size.cutX() / 2;
        int top = size.cutY() / 2;
        int width = x.dim(3) - size.cutX();
        int height = x.dim(2) - size.cutY();
        FloatTensor out = FloatTensor.zeros(1, x.dim(1), height, width);
        for (int c = 0; c < x.dim(1); c++) {
            for (int y = 0; y < height; y++) {
                System.arraycopy(
                        x.data(),
                        (c * x.dim(2) + top + y) * x.dim(3) + left,
                        out.data(),
                        (c * height + y) * width,
                        width);
            }
        }
        return out;
    }
}
