package gesso.image.control;

import gesso.request.BadInput;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Size;

/** Sizes of control images, and pictures brought to them as OpenCV's {@code resize} does. */
public final class ControlSize {
    private static final long LARGEST = 1 << 26;

    private ControlSize() {}

    /**
     * "Pixel perfect": the resolution of the shorter side at which a control image needs no more resizing, whole to the
     * nearest, halves to the even one.
     */
    public static int pixelPerfect(Size source, Size target, ResizeMode mode) {
        double down = (double) target.height() / source.height();
        double across = (double) target.width() / source.width();
        double scale = mode == ResizeMode.RESIZE_AND_FILL ? Math.min(down, across) : Math.max(down, across);
        return (int) Math.rint(scale * Math.min(source.height(), source.width()));
    }

    /** The picture with its shorter side of that length: the mean where it shrinks, cubic where it grows. */
    static Picture resized(Picture picture, int resolution) {
        Size size = at(picture.size(), resolution);
        return resolution > Math.min(picture.width(), picture.height())
                ? cubic(picture, size.width(), size.height())
                : area(picture, size.width(), size.height());
    }

    /** The size with its shorter side of that length. */
    static Size at(Size picture, int resolution) {
        double scale = (double) resolution / Math.min(picture.width(), picture.height());
        int width = Math.max((int) Math.rint(picture.width() * scale), 1);
        int height = Math.max((int) Math.rint(picture.height() * scale), 1);
        if ((long) width * height > LARGEST) {
            throw new BadInput(
                    "A picture of %s is too narrow to draw a control image from; cut it first.".formatted(picture));
        }
        return new Size(width, height);
    }

    /** The picture smaller by a factor, its sides rounded. */
    static Picture shrunk(Picture picture, double factor) {
        if (factor < 1.1) {
            return picture;
        }
        int width = Math.max((int) (picture.width() / factor), 1);
        int height = Math.max((int) (picture.height() / factor), 1);
        return area(picture, width, height);
    }

    static Picture area(Picture picture, int width, int height) {
        if (width == picture.width() && height == picture.height()) {
            return picture;
        }
        boolean shrinks = width <= picture.width() && height <= picture.height();
        return Planes.of(picture)
                .transformed(
                        shrinks ? Taps.area(picture.width(), width) : Taps.sharpLinear(picture.width(), width),
                        shrinks ? Taps.area(picture.height(), height) : Taps.sharpLinear(picture.height(), height))
                .toPicture();
    }

    static Picture cubic(Picture picture, int width, int height) {
        return Planes.of(picture)
                .transformed(Taps.cubic(picture.width(), width), Taps.cubic(picture.height(), height))
                .toPicture();
    }

    /** The pixel at the new one's upper left corner ({@code INTER_NEAREST}). */
    static Picture nearest(Picture picture, int width, int height) {
        double across = (double) picture.width() / width;
        double down = (double) picture.height() / height;
        int[] out = new int[Math.multiplyExact(width, height)];
        for (int y = 0; y < height; y++) {
            int row = Math.min((int) (y * down), picture.height() - 1);
            for (int x = 0; x < width; x++) {
                out[y * width + x] = picture.at(Math.min((int) (x * across), picture.width() - 1), row);
            }
        }
        return new Picture(width, height, out);
    }
}
