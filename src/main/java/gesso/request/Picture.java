package gesso.request;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pixels in 8 bits: {@code argb[y * width + x]} is 0xAARRGGBB, not premultiplied, sRGB. Nobody changes the array after
 * it is given away; equality is by content.
 */
public record Picture(int width, int height, int[] argb) {
    public Picture {
        if (width < 1 || height < 1 || (long) width * height != argb.length) {
            throw new IllegalArgumentException(width + "x" + height + " with " + argb.length + " pixels");
        }
    }

    public int at(int x, int y) {
        return argb[y * width + x];
    }

    public Size size() {
        return new Size(width, height);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Picture p && p.width == width && p.height == height && Arrays.equals(p.argb, argb);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, Arrays.hashCode(argb));
    }

    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
