package gesso.image;

import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * The mask of one rework in all the sizes that are needed: threshold, mode, blur, then the resize mode or the cut-out.
 *
 * @param placed at the output's size; null: nothing is masked
 * @param overlay where the result covers the source, 255 in full; null: nothing is masked
 * @param region of the source that is generated; null: all of it
 * @param latent [1, 1, h/8, w/8]; null: nothing is masked
 * @param rounded whether grey counts as 0 or 1 for the networks
 * @param note one sentence for the user; null: nothing to say
 */
record InpaintMask(
        @Nullable Mask placed,
        @Nullable Mask overlay,
        @Nullable Region region,
        @Nullable FloatTensor latent,
        boolean rounded,
        @Nullable String note) {
    private static final InpaintMask NONE = new InpaintMask(null, null, null, null, true, null);

    static InpaintMask of(Rework rework, Size source, Size output) {
        Inpaint inpaint = rework.inpaint();
        if (inpaint == null) {
            return NONE;
        }
        Mask painted = painted(inpaint);
        String note = null;
        if (!painted.size().equals(source)) {
            boolean keeps = keepsItsPlace(rework, painted.size(), source);
            note = keeps && painted.size().equals(output)
                    ? null
                    : "The mask of %s was scaled to the picture's %s.".formatted(painted.size(), source);
            painted = keeps ? painted : Resampling.LANCZOS.resize(painted, source.width(), source.height());
        }
        Mask blurred = MaskBlur.blur(painted, inpaint.blur());
        boolean rounded = inpaint.soft() == null;
        if (inpaint.area() == InpaintArea.WHOLE_PICTURE) {
            Mask placed = Fitting.fit(rework.resizeMode(), blurred, output);
            return new InpaintMask(placed, placed.doubled(), null, latent(placed, output, rounded), rounded, note);
        }
        Region bounds = blurred.bounds();
        if (bounds == null) {
            return new InpaintMask(
                    null, null, null, null, true, "The mask is empty, so the whole picture was reworked.");
        }
        Region region = bounds.padded(inpaint.padding(), source.width(), source.height())
                .expanded(output.width(), output.height(), source.width(), source.height());
        Mask placed = Fitting.fit(ResizeMode.RESIZE_AND_FILL, blurred.crop(region), output);
        return new InpaintMask(placed, blurred, region, latent(placed, output, rounded), rounded, note);
    }

    private static Mask painted(Inpaint inpaint) {
        Mask painted = Mask.painted(inpaint.mask());
        // Soft inpainting lives from the greys.
        Mask cut = inpaint.soft() == null ? painted.cut() : painted;
        return inpaint.mode() == MaskMode.NOT_MASKED ? cut.inverted() : cut;
    }

    /** Whether a mask of another size falls on the right pixels by the resize mode alone, as A1111 lets it. */
    private static boolean keepsItsPlace(Rework rework, Size mask, Size source) {
        Inpaint inpaint = rework.inpaint();
        boolean sameShape = (long) mask.width() * source.height() == (long) source.width() * mask.height();
        return inpaint != null
                && inpaint.area() == InpaintArea.WHOLE_PICTURE
                && (sameShape || rework.resizeMode() == ResizeMode.JUST_RESIZE);
    }

    private static FloatTensor latent(Mask placed, Size output, boolean rounded) {
        Mask small = Resampling.BICUBIC.resize(placed, output.width() / 8, output.height() / 8);
        return tensor(small, rounded);
    }

    /** At the size of pixels that a network sees, [1, 1, h, w]: all 1 where nothing is masked. */
    FloatTensor conditioning(Size size) {
        Mask mask = placed == null
                ? Mask.filled(size.width(), size.height(), 255)
                : Resampling.LANCZOS.resize(placed, size.width(), size.height());
        return tensor(mask, rounded);
    }

    private static FloatTensor tensor(Mask mask, boolean rounded) {
        float[] data = new float[mask.levels().length];
        for (int i = 0; i < data.length; i++) {
            float value = mask.at(i) / 255f;
            data[i] = rounded ? (float) Math.rint(value) : value;
        }
        return FloatTensor.of(data, 1, 1, mask.height(), mask.width());
    }
}
