package gesso.pipeline;

import gesso.image.Blending;
import gesso.image.Fitting;
import gesso.image.Mask;
import gesso.image.Region;
import gesso.image.control.ControlFit;
import gesso.image.control.ControlSize;
import gesso.image.control.Preprocessor;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InvalidRequest;
import gesso.request.MaskMode;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a unit's picture to what its ControlNet sees, in the order of A1111's extension: cut, drawn, then fitted. */
final class ControlImages {
    private static final int WHITE = 0xFFFFFF;
    private static final Set<String> INPAINT = Set.of("inpaint", "inpaint_only", "inpaint_global_harmonious");

    private final GenerationRequest request;
    private final @Nullable Region region;
    private final LearnedDrawing learned;

    /** @param region of the source that is generated, with "only masked"; null: the whole picture */
    ControlImages(GenerationRequest request, @Nullable Region region, LearnedDrawing learned) {
        this.request = request;
        this.region = region;
        this.learned = learned;
    }

    /** @throws gesso.request.BadInput where the unit's preprocessor is not there */
    void check(ControlUnit unit) {
        String name = unit.preprocessing().name();
        if (!isInpainting(unit) && Preprocessor.find(name).isEmpty()) {
            learned.find(name);
        }
    }

    /**
     * The control image of a unit.
     *
     * @param size of the pass; hires fix draws at the first one's and fits to the second's, as A1111's extension does
     * @return [1, 3, h, w] in 0–1, −1 where an inpainting ControlNet is to fill
     */
    FloatTensor of(ControlUnit unit, Size size) {
        Picture picture = cut(Blending.flatten(source(unit), WHITE), mode(unit));
        if (isInpainting(unit)) {
            Picture fitted = ControlFit.fit(mode(unit), picture, size);
            Mask mask = Mask.brightness(ControlFit.fit(mode(unit), cut(hole(unit), mode(unit)), size));
            return FloatTensor.of(Preprocessor.inpaint(fitted, mask), 1, 3, size.height(), size.width());
        }
        if (unit.mask() != null) {
            throw new InvalidRequest(
                    "control-mask",
                    "A ControlNet's mask says what it is to fill, which only the preprocessor inpaint asks; choose it, or take the mask off.");
        }
        return tensor(ControlFit.fit(mode(unit), drawn(unit, picture), size));
    }

    /** The unit's weight map over a pass, [1, 1, h/8, w/8], or a single 1. */
    FloatTensor map(ControlUnit unit, Size size) {
        Picture map = unit.weightMap();
        if (map == null) {
            return FloatTensor.of(new float[] {1}, 1, 1, 1, 1);
        }
        Picture fitted =
                Fitting.fit(ResizeMode.JUST_RESIZE, cut(Blending.flatten(map, 0), ResizeMode.JUST_RESIZE), size);
        return LocalValues.of(Mask.brightness(fitted), size);
    }

    static boolean isInpainting(ControlUnit unit) {
        return INPAINT.contains(unit.preprocessing().name());
    }

    private Picture drawn(ControlUnit unit, Picture picture) {
        Preprocessing asked = unit.preprocessing();
        int resolution = asked.pixelPerfect()
                ? ControlSize.pixelPerfect(picture.size(), request.size(), mode(unit))
                : asked.resolution();
        Preprocessor preprocessor = Preprocessor.find(asked.name()).orElse(null);
        if (preprocessor == null) {
            return learned.draw(asked.name(), picture, resolution);
        }
        return preprocessor.apply(
                picture,
                resolution,
                Objects.requireNonNullElse(asked.first(), preprocessor.defaultFirst()),
                Objects.requireNonNullElse(asked.second(), preprocessor.defaultSecond()));
    }

    private Picture source(ControlUnit unit) {
        return unit.picture() == null ? rework().source() : unit.picture();
    }

    /** White where there is something to fill. */
    private Picture hole(ControlUnit unit) {
        if (unit.mask() != null) {
            return resized(Blending.flatten(unit.mask(), 0), source(unit).size());
        }
        Inpaint inpaint = unit.picture() == null ? rework().inpaint() : null;
        if (inpaint == null) {
            return Mask.filled(source(unit).width(), source(unit).height(), 0).toPicture();
        }
        Mask painted = Mask.painted(inpaint.mask()).cut();
        return resized(
                (inpaint.mode() == MaskMode.NOT_MASKED ? painted.inverted() : painted).toPicture(),
                source(unit).size());
    }

    private static Picture resized(Picture mask, Size size) {
        return mask.size().equals(size) ? mask : Fitting.fit(ResizeMode.JUST_RESIZE, mask, size);
    }

    private ResizeMode mode(ControlUnit unit) {
        if (unit.picture() != null) {
            return unit.resizeMode();
        }
        ResizeMode mode = rework().resizeMode();
        return mode == ResizeMode.LATENT_UPSCALE ? ResizeMode.JUST_RESIZE : mode;
    }

    /** With "only masked" the part of the picture that is generated. */
    private Picture cut(Picture picture, ResizeMode mode) {
        if (region == null) {
            return picture;
        }
        Picture whole = Fitting.fit(mode, picture, rework().source().size());
        return Fitting.fit(ResizeMode.RESIZE_AND_FILL, Blending.crop(whole, region), request.size());
    }

    private Rework rework() {
        return Objects.requireNonNull(request.rework(), "no picture to rework");
    }

    private static FloatTensor tensor(Picture picture) {
        int size = picture.argb().length;
        float[] out = new float[3 * size];
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                out[c * size + i] = (picture.argb()[i] >> (16 - 8 * c) & 255) / 255f;
            }
        }
        return FloatTensor.of(out, 1, 3, picture.height(), picture.width());
    }
}
