package gesso.canvas;

/**
 * What a tool does to a pixel.
 *
 * @param argb the colour; on a layer of levels its brightness is the level
 * @param erase takes away instead: colours become transparent, levels what they are where nothing was painted
 */
public record Ink(int argb, boolean erase) {
    public static final Ink WHITE = new Ink(0xFFFFFFFF, false);
    public static final Ink ERASER = new Ink(0, true);

    public static Ink of(int argb) {
        return new Ink(argb, false);
    }

    /** ITU-R 601-2 luma of the colour. */
    int level() {
        return ((argb >> 16 & 255) * 19595 + (argb >> 8 & 255) * 38470 + (argb & 255) * 7471 + 0x8000) >> 16;
    }

    /** The level under that much of the ink: exactly the old one at 0 and exactly the ink's at 255. */
    int onLevel(int old, int target, int amount) {
        return div255(target * amount + old * (255 - amount));
    }

    /** The colour under that much of the ink, 0–255. */
    int onColour(int old, int amount) {
        if (erase) {
            int alpha = div255((old >>> 24) * (255 - amount));
            return alpha == 0 ? 0 : (old & 0xFFFFFF) | alpha << 24;
        }
        return over(argb, div255((argb >>> 24) * amount), old);
    }

    /** A colour with another alpha over a colour, neither premultiplied. */
    static int over(int colour, int alpha, int below) {
        if (alpha == 0) {
            return below;
        }
        int under = below >>> 24;
        if (alpha == 255 || under == 0) {
            return (colour & 0xFFFFFF) | alpha << 24;
        }
        if (under == 255) {
            int rest = 255 - alpha;
            return 0xFF000000
                    | div255((colour >> 16 & 255) * alpha + (below >> 16 & 255) * rest) << 16
                    | div255((colour >> 8 & 255) * alpha + (below >> 8 & 255) * rest) << 8
                    | div255((colour & 255) * alpha + (below & 255) * rest);
        }
        int rest = under * (255 - alpha);
        int whole = alpha * 255 + rest; // 255² times the alpha that comes out
        int half = whole / 2;
        return div255(whole) << 24
                | (((colour >> 16 & 255) * alpha * 255 + (below >> 16 & 255) * rest + half) / whole) << 16
                | (((colour >> 8 & 255) * alpha * 255 + (below >> 8 & 255) * rest + half) / whole) << 8
                | ((colour & 255) * alpha * 255 + (below & 255) * rest + half) / whole;
    }

    /** Divided by 255 and rounded, exact for 0–65535. */
    static int div255(int value) {
        int v = value + 128;
        return (v + (v >> 8)) >> 8;
    }
}
