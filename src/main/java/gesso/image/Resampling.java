package gesso.image;

import gesso.request.Picture;

/**
 * Resizing as Pillow does it, to the bit: two passes (rows, then columns) of 8-bit samples with 22-bit weights, the result
 * of each pass rounded. When a picture becomes smaller the filter is stretched, so nothing is skipped. Transparent pictures
 * are resized premultiplied.
 */
public enum Resampling {
    /** The pixel that lies there. */
    NEAREST(0),
    /** The mean. */
    BOX(0.5),
    BILINEAR(1),
    /** Keys' cubic with a = −1/2. */
    BICUBIC(2),
    /** Sinc windowed by the main lobe of a three times wider sinc. */
    LANCZOS(3);

    private final double support;

    Resampling(double support) {
        this.support = support;
    }

    /** Half the filter's width, in pixels of a picture that keeps its size. */
    double support() {
        return support;
    }

    /** The filter's value at a distance. */
    double weight(double distance) {
        return switch (this) {
            case NEAREST -> throw new IllegalStateException("no filter");
            case BOX -> distance > -0.5 && distance <= 0.5 ? 1 : 0;
            case BILINEAR -> Math.max(1 - Math.abs(distance), 0);
            case BICUBIC -> cubic(Math.abs(distance));
            case LANCZOS -> -3 <= distance && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
        };
    }

    private static double cubic(double x) {
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(x * Math.PI) / (x * Math.PI);
    }

    public Picture resize(Picture picture, int width, int height) {
        return resize(picture, width, height, Box.of(picture.width(), picture.height()));
    }

    /** A part of the picture, which may lie between pixels, resized. */
    Picture resize(Picture picture, int width, int height, Box box) {
        return part(picture, width, height, box, new Region(0, 0, width, height));
    }

    /** The part of {@code width}×{@code height} pixels that lies in the region, without the rest ever being made. */
    Picture part(Picture picture, int width, int height, Region region) {
        return part(picture, width, height, Box.of(picture.width(), picture.height()), region);
    }

    private Picture part(Picture picture, int width, int height, Box box, Region region) {
        if (width == picture.width() && height == picture.height() && box.isAll(width, height)) {
            return region.isAll(picture) ? picture : Blending.crop(picture, region);
        }
        if (this == NEAREST) {
            return Nearest.resize(picture, width, height, box, region);
        }
        boolean opaque = Pixels.isOpaque(picture);
        int[] in = opaque ? picture.argb() : Blending.premultiplied(picture.argb());
        Resampler resampler = new Resampler(this, picture.size(), width, height, box, region);
        int[] out = new int[Math.multiplyExact(region.width(), region.height())];
        for (int shift = 0; shift < (opaque ? 24 : 32); shift += 8) {
            byte[] plane = resampler.resize(plane(in, shift));
            for (int i = 0; i < out.length; i++) {
                out[i] |= (plane[i] & 255) << shift;
            }
        }
        Picture resized = new Picture(region.width(), region.height(), out);
        return opaque ? Blending.opaque(resized) : Blending.unpremultiplied(resized);
    }

    public Mask resize(Mask mask, int width, int height) {
        return resize(mask, width, height, Box.of(mask.width(), mask.height()));
    }

    Mask resize(Mask mask, int width, int height, Box box) {
        return part(mask, width, height, box, new Region(0, 0, width, height));
    }

    Mask part(Mask mask, int width, int height, Region region) {
        return part(mask, width, height, Box.of(mask.width(), mask.height()), region);
    }

    private Mask part(Mask mask, int width, int height, Box box, Region region) {
        if (width == mask.width() && height == mask.height() && box.isAll(width, height)) {
            return mask.crop(region);
        }
        if (this == NEAREST) {
            return Mask.brightness(Nearest.resize(mask.toPicture(), width, height, box, region));
        }
        Resampler resampler = new Resampler(this, mask.size(), width, height, box, region);
        return new Mask(region.width(), region.height(), resampler.resize(mask.levels()));
    }

    private static byte[] plane(int[] argb, int shift) {
        byte[] plane = new byte[argb.length];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (byte) (argb[i] >>> shift);
        }
        return plane;
    }

    /** A part of a picture: from the left upper to the right lower corner, in pixels. It may have no extent. */
    record Box(double left, double top, double right, double bottom) {
        static Box of(int width, int height) {
            return new Box(0, 0, width, height);
        }

        boolean isAll(int width, int height) {
            return left == 0 && top == 0 && right == width && bottom == height;
        }
    }
}
