package gesso.image;

import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import org.jspecify.annotations.Nullable;

/**
 * A painted strength map in the sizes that are needed; it goes the way of the source.
 *
 * @param placed over the generated picture
 * @param finished over the finished one, which with "only masked" is as large as the source
 */
record StrengthMap(Mask placed, Mask finished) {
    /** null where the request has none. */
    static @Nullable StrengthMap of(Rework rework, Size source, @Nullable Region region, Size output) {
        Picture map = rework.strengthMap();
        if (map == null) {
            return null;
        }
        Mask grey = Mask.brightness(Blending.flatten(map, 0));
        Mask whole = grey.size().equals(source) ? grey : Fitting.fit(ResizeMode.JUST_RESIZE, grey, source);
        if (region == null) {
            ResizeMode mode =
                    rework.resizeMode() == ResizeMode.LATENT_UPSCALE ? ResizeMode.JUST_RESIZE : rework.resizeMode();
            Mask placed = Fitting.fit(mode, whole, output);
            return new StrengthMap(placed, placed);
        }
        return new StrengthMap(Fitting.fit(ResizeMode.RESIZE_AND_FILL, whole.crop(region), output), whole);
    }

    /** The finished picture, with the source's own pixels where the map is black. */
    Picture keep(Picture made, Picture source) {
        int[] out = made.argb().clone();
        for (int i = 0; i < out.length; i++) {
            if (finished.at(i) == 0) {
                out[i] = source.argb()[i];
            }
        }
        return new Picture(made.width(), made.height(), out);
    }
}
