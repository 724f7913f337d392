package gesso.image;

import gesso.request.Inpaint;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.request.SoftInpainting;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** Lays the source's own pixels over a generated picture, wherever the mask leaves them. */
final class PasteBack {
    private final Picture source;
    private final @Nullable Mask overlay;
    private final @Nullable Region region;
    private final Size output;
    private final @Nullable SoftInpainting soft;
    private final @Nullable StrengthMap strength;

    /** {@code placed}: the source at the output's size; null: it has its own size yet. */
    PasteBack(
            Rework rework,
            @Nullable Picture placed,
            Picture source,
            InpaintMask mask,
            @Nullable StrengthMap strength,
            Size output) {
        this.output = output;
        this.strength = strength;
        region = mask.region();
        overlay = mask.overlay() == null || region == null
                ? mask.overlay()
                : mask.overlay().crop(region);
        if ((overlay == null && strength == null) || region != null) {
            this.source = source;
        } else {
            // Of a latent upscale A1111 cannot paste anything back: the source goes the way of "just resize".
            this.source = placed != null ? placed : Fitting.fit(ResizeMode.JUST_RESIZE, source, output);
        }
        Inpaint inpaint = rework.inpaint();
        soft = inpaint == null ? null : inpaint.soft();
    }

    Picture over(Picture generated) {
        return kept(overlay == null ? generated : over(generated, overlay));
    }

    private Picture kept(Picture finished) {
        return strength == null ? finished : strength.keep(finished, source);
    }

    /**
     * Whether a finished picture is the source wherever the mask leaves it, to the bit; null where nothing is masked, or softly.
     */
    @Nullable
    Boolean outsideIsUnchanged(Picture finished) {
        if (overlay == null || soft != null || !finished.size().equals(source.size())) {
            return null;
        }
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
                if (isOutside(x, y) && finished.at(x, y) != source.at(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isOutside(int x, int y) {
        if (overlay == null) {
            return false;
        }
        if (region == null) {
            return overlay.at(x, y) == 0;
        }
        int left = x - region.x();
        int top = y - region.y();
        boolean inside = left >= 0 && top >= 0 && left < region.width() && top < region.height();
        return !inside || overlay.at(left, top) == 0;
    }

    /** With soft inpainting. */
    Picture over(Picture generated, FloatTensor mask, FloatTensor init, FloatTensor latent, int index) {
        if (soft == null) {
            return over(generated);
        }
        Mask visible = new SoftComposite(soft).visible(mask, init, latent, index, output);
        return kept(over(
                generated, region == null ? visible : Fitting.fit(ResizeMode.CROP_AND_RESIZE, visible, size(region))));
    }

    /** {@code visible} has the size of what was generated: of the region, or of the whole. */
    private Picture over(Picture generated, Mask visible) {
        if (region == null) {
            return Blending.opaque(Blending.over(Blending.hidden(source, visible), generated));
        }
        // Outside the region nothing is masked.
        Picture under = Fitting.fit(ResizeMode.CROP_AND_RESIZE, generated, size(region));
        Picture top = Blending.hidden(Blending.crop(source, region), visible);
        int[] out = source.argb().clone();
        Blending.paste(Blending.opaque(Blending.over(top, under)), out, source.width(), region.x(), region.y());
        return new Picture(source.width(), source.height(), out);
    }

    private static Size size(Region region) {
        return new Size(region.width(), region.height());
    }
}
