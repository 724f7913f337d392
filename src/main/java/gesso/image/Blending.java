package gesso.image;

import gesso.request.Picture;

/** Laying pictures over one another in 8-bit integers, rounded exactly as Pillow rounds. */
public final class Blending {
    private static final int ALPHA = 0xFF000000;

    private Blending() {}

    /** a / 255 for 0 ≤ a ≤ 65025, rounded to the nearest. */
    private static int by255(int a) {
        int t = a + 128;
        return ((t >> 8) + t) >> 8;
    }

    /** Colours times alpha. */
    static int[] premultiplied(int[] argb) {
        int[] out = new int[argb.length];
        for (int i = 0; i < out.length; i++) {
            int p = argb[i];
            int a = p >>> 24;
            out[i] = (p & ALPHA)
                    | by255((p >> 16 & 255) * a) << 16
                    | by255((p >> 8 & 255) * a) << 8
                    | by255((p & 255) * a);
        }
        return out;
    }

    /** Colours divided by alpha; the fraction is cut off. */
    static int[] unpremultiplied(int[] argb) {
        int[] out = new int[argb.length];
        for (int i = 0; i < out.length; i++) {
            int p = argb[i];
            int a = p >>> 24;
            out[i] = a == 0 || a == 255
                    ? p
                    : (p & ALPHA)
                            | Math.min((p >> 16 & 255) * 255 / a, 255) << 16
                            | Math.min((p >> 8 & 255) * 255 / a, 255) << 8
                            | Math.min((p & 255) * 255 / a, 255);
        }
        return out;
    }

    static Picture unpremultiplied(Picture picture) {
        return new Picture(picture.width(), picture.height(), unpremultiplied(picture.argb()));
    }

    /** All four channels of {@code under}, moved towards {@code over}'s by a weight of 0–255. */
    static int mixed(int under, int over, int weight) {
        int out = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (under >>> shift & 255) * (255 - weight) + (over >>> shift & 255) * weight;
            out |= by255(value) << shift;
        }
        return out;
    }

    /** The picture on a plain ground, without transparency. {@code ground}: 0xRRGGBB. */
    public static Picture flatten(Picture picture, int ground) {
        if (Pixels.isOpaque(picture)) {
            return picture;
        }
        int[] out = new int[picture.argb().length];
        for (int i = 0; i < out.length; i++) {
            int p = picture.argb()[i];
            out[i] = ALPHA | mixed(ALPHA | ground, p, p >>> 24);
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    /** The picture where the mask is 0, transparent where it is 255. */
    public static Picture hidden(Picture picture, Mask mask) {
        return new Picture(picture.width(), picture.height(), unpremultiplied(premultipliedHidden(picture, mask)));
    }

    /** {@link #hidden}, its colours still times alpha. */
    static int[] premultipliedHidden(Picture picture, Mask mask) {
        int[] in = premultiplied(picture.argb());
        for (int i = 0; i < in.length; i++) {
            in[i] = mixed(0, in[i], 255 - mask.at(i));
        }
        return in;
    }

    /** One picture over another of the same size (Porter and Duff's "over"). */
    public static Picture over(Picture top, Picture under) {
        int[] out = new int[under.argb().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = over(top.argb()[i], under.argb()[i]);
        }
        return new Picture(under.width(), under.height(), out);
    }

    private static int over(int top, int under) {
        int a = top >>> 24;
        if (a == 0) {
            return under;
        }
        int blend = (under >>> 24) * (255 - a);
        int alpha = a * 255 + blend;
        int coef = a * 255 * 255 * (1 << 7) / alpha;
        int rest = 255 * (1 << 7) - coef;
        int out = shifted(alpha + 0x80) << 24;
        for (int shift = 0; shift < 24; shift += 8) {
            int value = (top >> shift & 255) * coef + (under >> shift & 255) * rest;
            out |= shifted(value + (0x80 << 7)) >> 7 << shift;
        }
        return out;
    }

    private static int shifted(int a) {
        return ((a >> 8) + a) >> 8;
    }

    /** The same colours, opaque. */
    public static Picture opaque(Picture picture) {
        int[] out = new int[picture.argb().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = picture.argb()[i] | ALPHA;
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    /** What lies inside the region. */
    public static Picture crop(Picture picture, Region region) {
        int[] out = new int[Math.multiplyExact(region.width(), region.height())];
        for (int y = 0; y < region.height(); y++) {
            System.arraycopy(
                    picture.argb(),
                    (region.y() + y) * picture.width() + region.x(),
                    out,
                    y * region.width(),
                    region.width());
        }
        return new Picture(region.width(), region.height(), out);
    }

    /** Copies a picture into a larger raster of that width; what lies outside is left out. */
    static void paste(Picture picture, int[] into, int width, int x, int y) {
        int height = into.length / width;
        int from = Math.max(0, -x);
        int length = Math.min(picture.width(), width - x) - from;
        for (int row = Math.max(0, -y); row < picture.height() && y + row < height && length > 0; row++) {
            System.arraycopy(picture.argb(), row * picture.width() + from, into, (y + row) * width + x + from, length);
        }
    }
}
