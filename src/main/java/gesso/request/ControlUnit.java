package gesso.request;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One ControlNet and the picture it follows (Zhang et al. 2023). Several units add up.
 *
 * @param model the ControlNet's file
 * @param picture what the control image is drawn from; null: the picture that is reworked
 * @param weight of its residuals, 0–2
 * @param start part of the steps before which it is not run, 0–1
 * @param end part of the steps after which it is not run, 0–1
 * @param resizeMode how the control image comes to the output's size; never the latent upscale
 * @param mask white: what an inpainting ControlNet is to fill; null: the mask of the picture that is reworked
 * @param weightMap a grey picture over the output: the weight counts in full where it is white, not at all where it is black;
 *     null: white everywhere
 */
public record ControlUnit(
        Path model,
        @Nullable Picture picture,
        Preprocessing preprocessing,
        double weight,
        double start,
        double end,
        ResizeMode resizeMode,
        ControlMode mode,
        @Nullable Picture mask,
        @Nullable Picture weightMap) {
    public ControlUnit {
        InvalidRequest.range("control-weight", "Control weight", weight, 0, 2);
        InvalidRequest.range("control-start", "The starting step of a ControlNet", start, 0, 1);
        InvalidRequest.range("control-end", "The ending step of a ControlNet", end, 0, 1);
        if (start > end) {
            throw new InvalidRequest(
                    "control-end",
                    "A ControlNet cannot end at %s when it starts at %s; end it later."
                            .formatted(InvalidRequest.plain(end), InvalidRequest.plain(start)));
        }
        if (resizeMode == ResizeMode.LATENT_UPSCALE) {
            throw new InvalidRequest(
                    "control-resize",
                    "A control image has no latent; choose Just resize, Crop and resize or Resize and fill for it.");
        }
    }

    /** With every other setting at its default. */
    public static ControlUnit of(Path model, @Nullable Picture picture) {
        return new ControlUnit(
                model,
                picture,
                Preprocessing.NONE,
                1,
                0,
                1,
                ResizeMode.CROP_AND_RESIZE,
                ControlMode.BALANCED,
                null,
                null);
    }

    public ControlUnit withPreprocessing(Preprocessing value) {
        return new ControlUnit(model, picture, value, weight, start, end, resizeMode, mode, mask, weightMap);
    }

    public ControlUnit withWeight(double value) {
        return new ControlUnit(model, picture, preprocessing, value, start, end, resizeMode, mode, mask, weightMap);
    }

    /** Run only while {@code newStart ≤ step/steps ≤ newEnd}. */
    public ControlUnit withRange(double newStart, double newEnd) {
        return new ControlUnit(
                model, picture, preprocessing, weight, newStart, newEnd, resizeMode, mode, mask, weightMap);
    }

    public ControlUnit withResizeMode(ResizeMode value) {
        return new ControlUnit(model, picture, preprocessing, weight, start, end, value, mode, mask, weightMap);
    }

    public ControlUnit withMode(ControlMode value) {
        return new ControlUnit(model, picture, preprocessing, weight, start, end, resizeMode, value, mask, weightMap);
    }

    public ControlUnit withMask(@Nullable Picture value) {
        return new ControlUnit(model, picture, preprocessing, weight, start, end, resizeMode, mode, value, weightMap);
    }

    public ControlUnit withWeightMap(@Nullable Picture value) {
        return new ControlUnit(model, picture, preprocessing, weight, start, end, resizeMode, mode, mask, value);
    }
}
