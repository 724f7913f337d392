package gesso.image;

import gesso.request.Inpaint;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * Everything of image-to-image and inpainting that is geometry and pixels: pure functions of the request. The pipeline does
 * the networks' part, in this order (A1111's {@code StableDiffusionProcessingImg2Img}):
 *
 * <ol>
 *   <li>{@link #init()} as a tensor ({@link Pixels#toTensor}) goes through the VAE's encoder. With {@link #latentUpscale()}
 *       it has the source's size, and the latent is then brought to [h/8, w/8] by {@link LatentScaling#BILINEAR}.
 *   <li>With a {@link #latentMask()} m (1: repaint) and masked content "latent noise" the latent x₀ becomes
 *       x₀·(1−m) + noise·m, the noise being the first draw of the pictures' own seeds; with "latent nothing" x₀·(1−m).
 *   <li>A 9-channel model gets, beside x, {@link #conditioningMask()} and the encoded {@link #conditioningPicture}: 1+4
 *       channels. Other models get nothing.
 *   <li>Sampling starts at x₀ + noise·σ. Every denoised picture is blended, d·m + x₀·(1−m), after guidance (the DDIM family:
 *       x before); with soft inpainting by {@link SoftBlend} instead, m being grey.
 *   <li>After the last step once more x·m + x₀·(1−m), but not with soft inpainting.
 *   <li>Decode, {@link Pixels#fromTensor}, then {@link #finish(Picture)}; with soft inpainting
 *       {@link #finish(Picture, FloatTensor, FloatTensor, int)}.
 * </ol>
 */
public final class InpaintPlan {
    private static final int WHITE = 0xFFFFFF;

    private final Size output;
    private final boolean latentUpscale;
    private final Picture init;
    private final InpaintMask mask;
    private final @Nullable StrengthMap strength;
    private final PasteBack paste;
    private final @Nullable ColorCorrection colours;

    private InpaintPlan(Rework rework, Size output) {
        this.output = output;
        latentUpscale = rework.resizeMode() == ResizeMode.LATENT_UPSCALE;
        Picture source = Blending.flatten(rework.source(), WHITE);
        mask = InpaintMask.of(rework, source.size(), output);
        Picture placed = placed(rework, source);
        strength = StrengthMap.of(rework, source.size(), mask.region(), output);
        paste = new PasteBack(rework, latentUpscale() ? null : placed, source, mask, strength, output);
        init = content(rework, placed);
        colours = rework.colorCorrection() ? new ColorCorrection(init) : null;
    }

    /**
     * Plans the rework of one source.
     *
     * @param output the generated pictures' size, multiples of 8
     */
    public static InpaintPlan of(Rework rework, Size output) {
        return new InpaintPlan(rework, output);
    }

    /** What {@link #region} will be, without the rest of the plan. */
    public static @Nullable Region regionOf(Rework rework, Size output) {
        return InpaintMask.of(rework, rework.source().size(), output).region();
    }

    private Picture placed(Rework rework, Picture source) {
        Region region = mask.region();
        if (region != null) {
            return Fitting.fit(ResizeMode.RESIZE_AND_FILL, Blending.crop(source, region), output);
        }
        return latentUpscale ? divisible(source) : Fitting.fit(rework.resizeMode(), source, output);
    }

    private Picture content(Rework rework, Picture placed) {
        Inpaint inpaint = rework.inpaint();
        Mask hidden = mask.placed();
        if (inpaint == null || hidden == null || inpaint.content() == MaskedContent.ORIGINAL) {
            return placed;
        }
        return MaskedFill.fill(placed, Resampling.LANCZOS.resize(hidden, placed.width(), placed.height()));
    }

    /** The encoder halves three times and drops what is left over; here it is dropped before. */
    private static Picture divisible(Picture source) {
        int width = source.width() / 8 * 8;
        int height = source.height() / 8 * 8;
        return width == 0 || height == 0
                ? Resampling.LANCZOS.resize(source, Math.max(width, 8), Math.max(height, 8))
                : Blending.crop(source, new Region(0, 0, width, height));
    }

    /** The picture to encode: of the output's size, or with {@link #latentUpscale()} of the source's. Opaque. */
    public Picture init() {
        return init;
    }

    /** Whether the latent, not the picture, is brought to the output's size. */
    public boolean latentUpscale() {
        return latentUpscale && mask.region() == null;
    }

    /** Whether anything is masked; false too where the mask of "only masked" was empty: then all is reworked, as in A1111. */
    public boolean isMasked() {
        return mask.placed() != null;
    }

    /** The part of the source that is generated, with "only masked"; null: the whole picture. */
    public @Nullable Region region() {
        return mask.region();
    }

    /** What the user should know about the mask, as one sentence; null: nothing. */
    public @Nullable String note() {
        return mask.note();
    }

    /** 1 where the latent is repainted, 0 where it stays, between them only with soft inpainting. [1, 1, h/8, w/8]; null: no mask. */
    public @Nullable FloatTensor latentMask() {
        return mask.latent();
    }

    /** The strength map over the generated picture; null: none. */
    public @Nullable Mask strength() {
        return strength == null ? null : strength.placed();
    }

    /**
     * Whether a finished picture is the source wherever the blurred mask is black, to the bit; null where nothing is masked, or
     * softly.
     */
    public @Nullable Boolean outsideIsUnchanged(Picture finished) {
        return paste.outsideIsUnchanged(finished);
    }

    /** The first of the five channels that a 9-channel model gets: 1 where it is to paint. [1, 1, h/8, w/8]. */
    public FloatTensor conditioningMask() {
        return LatentScaling.NEAREST.resize(mask.conditioning(output), output.height() / 8, output.width() / 8);
    }

    /**
     * The picture that, encoded, is the other four: lerp(source, source·(1−mask), weight). [1, 3, h, w] of {@link #init()}'s
     * size, in [−1, 1].
     *
     * @param maskWeight 0: all of the source is shown; 1: what is masked is mid-grey
     */
    public FloatTensor conditioningPicture(double maskWeight) {
        FloatTensor source = Pixels.toTensor(init);
        float[] hidden = mask.conditioning(init.size()).data();
        float weight = (float) maskWeight;
        float[] data = source.data();
        float[] out = new float[data.length];
        for (int i = 0; i < out.length; i++) {
            float from = data[i];
            float to = from * (1 - hidden[i % hidden.length]);
            out[i] = weight < 0.5f ? from + weight * (to - from) : to - (to - from) * (1 - weight);
        }
        return FloatTensor.of(out, source.shape());
    }

    /** The generated picture with its colours corrected and everything outside the mask as it was, to the bit. */
    public Picture finish(Picture generated) {
        return paste.over(corrected(generated));
    }

    /**
     * {@link #finish(Picture)} for soft inpainting: what is seen follows from how far the latent has moved.
     *
     * @param initLatent x₀, [1 or n, c, h/8, w/8]
     * @param latent the last one, [n, c, h/8, w/8]
     * @param index which of the n was decoded
     */
    public Picture finish(Picture generated, FloatTensor initLatent, FloatTensor latent, int index) {
        Picture corrected = corrected(generated);
        FloatTensor soft = mask.latent();
        return soft == null ? paste.over(corrected) : paste.over(corrected, soft, initLatent, latent, index);
    }

    private Picture corrected(Picture generated) {
        return colours == null ? generated : colours.apply(generated);
    }
}
