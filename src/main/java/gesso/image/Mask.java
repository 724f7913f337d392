package gesso.image;

import gesso.request.Picture;
import gesso.request.Size;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value of 0–255 a pixel: 255 where something is to be repainted. {@code levels[y * width + x]}; nobody changes the
 * array after it is given away; equality is by content.
 */
public record Mask(int width, int height, byte[] levels) {
    /** Above this a level counts as painted. */
    public static final int THRESHOLD = 128;

    public Mask {
        if (width < 1 || height < 1 || (long) width * height != levels.length) {
            throw new IllegalArgumentException(width + "x" + height + " with " + levels.length + " levels");
        }
    }

    /** What was painted: the alpha where any pixel is transparent, else the brightness. */
    public static Mask painted(Picture picture) {
        return Pixels.isOpaque(picture) ? brightness(picture) : alpha(picture);
    }

    /** ITU-R 601-2 luma as Pillow computes it (65536ths, rounded). */
    public static Mask brightness(Picture picture) {
        byte[] levels = new byte[picture.argb().length];
        for (int i = 0; i < levels.length; i++) {
            int p = picture.argb()[i];
            int luma = (p >> 16 & 255) * 19595 + (p >> 8 & 255) * 38470 + (p & 255) * 7471;
            levels[i] = (byte) ((luma + 0x8000) >> 16);
        }
        return new Mask(picture.width(), picture.height(), levels);
    }

    /** 255 where the picture is opaque. */
    public static Mask alpha(Picture picture) {
        byte[] levels = new byte[picture.argb().length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (picture.argb()[i] >>> 24);
        }
        return new Mask(picture.width(), picture.height(), levels);
    }

    /** The same level everywhere. */
    public static Mask filled(int width, int height, int level) {
        byte[] levels = new byte[Math.multiplyExact(width, height)];
        Arrays.fill(levels, (byte) level);
        return new Mask(width, height, levels);
    }

    public Size size() {
        return new Size(width, height);
    }

    public int at(int x, int y) {
        return levels[y * width + x] & 255;
    }

    public int at(int index) {
        return levels[index] & 255;
    }

    public Mask inverted() {
        byte[] out = new byte[levels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) ~levels[i];
        }
        return new Mask(width, height, out);
    }

    /** 255 above the {@link #THRESHOLD}, else 0. */
    public Mask cut() {
        byte[] out = new byte[levels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (at(i) > THRESHOLD ? 255 : 0);
        }
        return new Mask(width, height, out);
    }

    /** Every level doubled, 255 at most. */
    public Mask doubled() {
        byte[] out = new byte[levels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Math.min(2 * at(i), 255);
        }
        return new Mask(width, height, out);
    }

    /** The smallest region that holds every level above 0; null: there is none. */
    public @Nullable Region bounds() {
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (levels[y * width + x] != 0) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return right == 0 ? null : new Region(left, top, right - left, bottom - top);
    }

    /** What lies inside the region. */
    public Mask crop(Region region) {
        byte[] out = new byte[Math.multiplyExact(region.width(), region.height())];
        for (int y = 0; y < region.height(); y++) {
            System.arraycopy(levels, (region.y() + y) * width + region.x(), out, y * region.width(), region.width());
        }
        return new Mask(region.width(), region.height(), out);
    }

    /** Grey pixels, opaque. */
    public Picture toPicture() {
        int[] argb = new int[levels.length];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | at(i) * 0x10101;
        }
        return new Picture(width, height, argb);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mask m && m.width == width && m.height == height && Arrays.equals(m.levels, levels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, Arrays.hashCode(levels));
    }

    @Override
    public String toString() {
        return "Mask[" + width + "x" + height + "]";
    }
}
