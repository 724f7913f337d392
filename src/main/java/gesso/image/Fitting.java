package gesso.image;

import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Size;
import java.util.Arrays;

/** A picture or mask brought to another size and, perhaps, other proportions: A1111's resize modes, all with Lanczos. */
public final class Fitting {
    private Fitting() {}

    /**
     * The picture at that size.
     *
     * @param mode the latent upscale is as "resize and fill" here, as in A1111; it resizes no source picture
     * @param picture opaque
     */
    public static Picture fit(ResizeMode mode, Picture picture, Size size) {
        int width = size.width();
        int height = size.height();
        return switch (mode) {
            case JUST_RESIZE -> Resampling.LANCZOS.resize(picture, width, height);
            case CROP_AND_RESIZE -> {
                Size whole = covering(picture.size(), size);
                yield Resampling.LANCZOS.part(picture, whole.width(), whole.height(), middle(whole, size));
            }
            case RESIZE_AND_FILL, LATENT_UPSCALE -> filled(picture, size);
        };
    }

    /** The size that a picture of size {@code old} has as a whole before it is cut, or before its edges are drawn out. */
    public static Size whole(ResizeMode mode, Size old, Size size) {
        return switch (mode) {
            case JUST_RESIZE -> size;
            case CROP_AND_RESIZE -> covering(old, size);
            case RESIZE_AND_FILL, LATENT_UPSCALE -> within(old, size);
        };
    }

    /** The mask at that size, so that it stays where it was on the picture. */
    public static Mask fit(ResizeMode mode, Mask mask, Size size) {
        return switch (mode) {
            case JUST_RESIZE -> Resampling.LANCZOS.resize(mask, size.width(), size.height());
            case CROP_AND_RESIZE -> {
                Size whole = covering(mask.size(), size);
                yield Resampling.LANCZOS.part(mask, whole.width(), whole.height(), middle(whole, size));
            }
            case RESIZE_AND_FILL, LATENT_UPSCALE -> Mask.brightness(filled(mask.toPicture(), size));
        };
    }

    /** The smallest size of the old proportions that covers the new one. */
    static Size covering(Size old, Size size) {
        boolean wider = (double) size.width() / size.height() > (double) old.width() / old.height();
        return wider
                ? new Size(size.width(), scaled(old.height(), size.width(), old.width()))
                : new Size(scaled(old.width(), size.height(), old.height()), size.height());
    }

    /** The largest size of the old proportions that the new one holds. */
    static Size within(Size old, Size size) {
        boolean narrower = (double) size.width() / size.height() < (double) old.width() / old.height();
        return narrower
                ? new Size(size.width(), scaled(old.height(), size.width(), old.width()))
                : new Size(scaled(old.width(), size.height(), old.height()), size.height());
    }

    private static int scaled(int side, int to, int from) {
        // Beyond 2²⁰ nothing that is looked at changes any more: only the middle of a hair's breadth is kept.
        return (int) Math.min(Math.max((long) side * to / from, 1), 1 << 20);
    }

    private static Region middle(Size whole, Size size) {
        return new Region(
                whole.width() / 2 - size.width() / 2,
                whole.height() / 2 - size.height() / 2,
                size.width(),
                size.height());
    }

    /** The whole picture in the middle, its outermost pixels drawn out to the edges. */
    private static Picture filled(Picture picture, Size size) {
        int width = size.width();
        int height = size.height();
        Size inner = within(picture.size(), size);
        Picture resized = Resampling.LANCZOS.resize(picture, inner.width(), inner.height());
        int[] out = new int[Math.multiplyExact(width, height)];
        Arrays.fill(out, 0xFF000000);
        int left = width / 2 - inner.width() / 2;
        int top = height / 2 - inner.height() / 2;
        Blending.paste(resized, out, width, left, top);
        boolean narrower = (double) width / height < (double) picture.width() / picture.height();
        if (narrower && top > 0) {
            Blending.paste(edge(resized, width, top, 0, 0, inner.width(), 0), out, width, 0, 0);
            int end = inner.height();
            Blending.paste(edge(resized, width, top, 0, end, inner.width(), end), out, width, 0, top + end);
        } else if (!narrower && left > 0) {
            Blending.paste(edge(resized, left, height, 0, 0, 0, inner.height()), out, width, 0, 0);
            int end = inner.width();
            Blending.paste(edge(resized, left, height, end, 0, end, inner.height()), out, width, left + end, 0);
        }
        return new Picture(width, height, out);
    }

    private static Picture edge(Picture picture, int width, int height, int left, int top, int right, int bottom) {
        return Resampling.BICUBIC.resize(picture, width, height, new Resampling.Box(left, top, right, bottom));
    }
}
