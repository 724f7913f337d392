package gesso.image;

import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Size;
import java.util.Arrays;

/**
 * A picture on a larger canvas whose new part is to be painted: whole-number geometry, then pixels. As A1111's "poor man's
 * outpainting" lays it out, in steps of 8 where that program takes 64.
 *
 * @param canvas sides are multiples of 8
 * @param source where the picture lies on it, at its own size
 * @param kept the part of the picture that stays: all but a strip along each new part, so that the seam is painted over; what
 *     the mask's blur reaches of it is mixed, the rest is the picture's to the bit
 */
public record Outpainting(Size canvas, Region source, Region kept) {
    /** Pixels on one side, as A1111 offers them. */
    public static final int SMALLEST = 8;

    public static final int LARGEST = 256;
    public static final int DEFAULT = 128;

    /** Blur of the mask that goes with it, in pixels. */
    public static final int BLUR = 8;

    /** The ground under transparency, as everywhere in image-to-image. */
    private static final int WHITE = 0xFFFFFF;

    /**
     * The canvas for so many new pixels on each side. Where its sides would be no multiples of 8 the new parts grow by what is
     * missing, each by its share; a side without new parts grows at its end.
     *
     * @param picture the picture's size
     * @param left new pixels, 0 or more; as the others
     * @param blur of the mask: the strip that is painted over is twice as wide, but a quarter of the picture at most
     */
    public static Outpainting of(Size picture, int left, int right, int top, int bottom, int blur) {
        Line across = Line.of(picture.width(), left, right, blur);
        Line down = Line.of(picture.height(), top, bottom, blur);
        return new Outpainting(
                new Size(across.length, down.length),
                new Region(across.start, down.start, picture.width(), picture.height()),
                new Region(
                        across.keptFrom, down.keptFrom, across.keptTo - across.keptFrom, down.keptTo - down.keptFrom));
    }

    /** One direction: the canvas's length, where the picture begins, and which of it stays. */
    private record Line(int length, int start, int keptFrom, int keptTo) {
        static Line of(int picture, int before, int after, int blur) {
            int step = GenerationRequest.SIDE_STEP;
            int length = Math.floorDiv(picture + before + after + step - 1, step) * step;
            int added = length - picture;
            int start = before == 0 ? 0 : (int) ((long) before * added / (before + after));
            int overlap = Math.min(2 * blur, picture / 4);
            return new Line(
                    length,
                    start,
                    start == 0 ? 0 : start + overlap,
                    start == added ? length : start + picture - overlap);
        }
    }

    /** What is painted: 255 outside {@link #kept}, else 0. Of the canvas's size; its edge is not blurred yet. */
    public Mask mask() {
        return outside(kept);
    }

    /**
     * The picture on the canvas, opaque, the new part filled from its surroundings.
     *
     * @param picture of {@link #source}'s size
     */
    public Picture extend(Picture picture) {
        if (picture.width() != source.width() || picture.height() != source.height()) {
            throw new IllegalArgumentException(picture + " does not fill " + source);
        }
        int[] out = new int[Math.multiplyExact(canvas.width(), canvas.height())];
        Arrays.fill(out, 0xFF000000);
        Picture opaque = Blending.flatten(picture, WHITE);
        Blending.paste(opaque, out, canvas.width(), source.x(), source.y());
        Picture filled = MaskedFill.fill(new Picture(canvas.width(), canvas.height(), out), outside(source));
        // Filling rounds; what is the picture's stays as it is.
        int[] pixels = filled.argb().clone();
        Blending.paste(opaque, pixels, canvas.width(), source.x(), source.y());
        return new Picture(canvas.width(), canvas.height(), pixels);
    }

    private Mask outside(Region region) {
        byte[] levels = new byte[Math.multiplyExact(canvas.width(), canvas.height())];
        Arrays.fill(levels, (byte) 255);
        for (int y = region.y(); y < region.bottom(); y++) {
            int row = y * canvas.width();
            Arrays.fill(levels, row + region.x(), row + region.right(), (byte) 0);
        }
        return new Mask(canvas.width(), canvas.height(), levels);
    }
}
