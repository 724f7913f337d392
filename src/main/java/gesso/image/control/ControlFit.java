package gesso.image.control;

import gesso.image.Blending;
import gesso.image.Region;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Size;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Control images at the generated picture's size, by the rules of A1111's ControlNet extension: maps of few colours are
 * never mixed, maps of black and white stay so. Lines of one pixel are not thinned again; "pixel perfect" keeps them as they
 * are.
 */
public final class ControlFit {
    private static final int FEW_COLOURS = 200;

    private ControlFit() {}

    /**
     * The map at that size.
     *
     * @param mode crop and resize: covers it, the rest cut off; resize and fill: lies within it, around it the commonest
     *     colour of the edge; the latent upscale is as "just resize"
     */
    public static Picture fit(ResizeMode mode, Picture map, Size size) {
        double down = (double) size.height() / map.height();
        double across = (double) size.width() / map.width();
        return switch (mode) {
            case JUST_RESIZE, LATENT_UPSCALE -> resized(map, size.width(), size.height());
            case CROP_AND_RESIZE -> cropped(scaled(map, Math.max(down, across)), size);
            case RESIZE_AND_FILL -> framed(scaled(map, Math.min(down, across)), map, size);
        };
    }

    private static Picture scaled(Picture map, double scale) {
        int width = Math.max((int) Math.rint(map.width() * scale), 1);
        int height = Math.max((int) Math.rint(map.height() * scale), 1);
        return resized(map, width, height);
    }

    private static Picture cropped(Picture map, Size size) {
        Region middle = new Region(
                (map.width() - size.width()) / 2, (map.height() - size.height()) / 2, size.width(), size.height());
        return Blending.crop(map, middle);
    }

    private static Picture framed(Picture inner, Picture map, Size size) {
        int[] out = new int[size.width() * size.height()];
        Arrays.fill(out, edgeColour(map));
        int left = Math.max((size.width() - inner.width()) / 2, 0);
        int top = Math.max((size.height() - inner.height()) / 2, 0);
        for (int y = 0; y < Math.min(inner.height(), size.height() - top); y++) {
            int length = Math.min(inner.width(), size.width() - left);
            System.arraycopy(inner.argb(), y * inner.width(), out, (top + y) * size.width() + left, length);
        }
        return new Picture(size.width(), size.height(), out);
    }

    /** The median of each channel along the four edges. */
    private static int edgeColour(Picture map) {
        int width = map.width();
        int height = map.height();
        int[] edge = new int[2 * (width + height)];
        for (int x = 0; x < width; x++) {
            edge[2 * x] = map.at(x, 0);
            edge[2 * x + 1] = map.at(x, height - 1);
        }
        for (int y = 0; y < height; y++) {
            edge[2 * (width + y)] = map.at(0, y);
            edge[2 * (width + y) + 1] = map.at(width - 1, y);
        }
        int colour = 0xFF000000;
        for (int shift = 0; shift < 24; shift += 8) {
            int s = shift;
            int[] sorted = Arrays.stream(edge).map(p -> p >> s & 255).sorted().toArray();
            int median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
            colour |= median << shift;
        }
        return colour;
    }

    private static Picture resized(Picture map, int width, int height) {
        if (width == map.width() && height == map.height()) {
            return map;
        }
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < map.argb().length && colours.size() < FEW_COLOURS; i++) {
            colours.add(map.argb()[i]);
        }
        if (colours.size() > 2 && colours.size() < FEW_COLOURS) {
            return ControlSize.nearest(map, width, height);
        }
        boolean smaller = (long) width * height < (long) map.width() * map.height();
        Picture resized = smaller ? ControlSize.area(map, width, height) : ControlSize.cubic(map, width, height);
        return isBlackAndWhite(colours) ? Otsu.cut(resized) : resized;
    }

    private static boolean isBlackAndWhite(Set<Integer> colours) {
        if (colours.size() != 2) {
            return false;
        }
        int least = 255;
        int most = 0;
        for (int colour : colours) {
            for (int shift = 0; shift < 24; shift += 8) {
                least = Math.min(least, colour >> shift & 255);
                most = Math.max(most, colour >> shift & 255);
            }
        }
        return least < 16 && most > 240;
    }
}
