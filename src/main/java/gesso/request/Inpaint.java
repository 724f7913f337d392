package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * What is repainted, and how.
 *
 * @param mask white: repaint (grey is cut at 128); its size may differ from the source's
 * @param blur radius of the Gaussian blur of the mask's edge in pixels, 0–64
 * @param padding surroundings of the mask that are seen with "only masked", in pixels, 0–256
 * @param soft soft inpainting; null: off
 */
public record Inpaint(
        Picture mask,
        int blur,
        MaskMode mode,
        MaskedContent content,
        InpaintArea area,
        int padding,
        @Nullable SoftInpainting soft) {
    public static final int DEFAULT_BLUR = 4;
    public static final int DEFAULT_PADDING = 32;

    public Inpaint {
        InvalidRequest.range("mask-blur", "Mask blur", blur, 0, 64);
        InvalidRequest.range("padding", "Only masked padding", padding, 0, 256);
    }

    public Inpaint withContent(MaskedContent value) {
        return new Inpaint(mask, blur, mode, value, area, padding, soft);
    }
}
