package gesso.canvas;

/**
 * A round brush.
 *
 * @param size its diameter in pixels, 1–2000
 * @param hardness 0: soft from the centre on; 1: full up to the edge, which is one pixel wide
 * @param opacity of the whole stroke, 0–1
 * @param smoothing 0: follows the hand; 1: follows it slowly
 */
public record Brush(double size, double hardness, double opacity, double smoothing) {
    public static final double LARGEST = 2000;
    public static final Brush DEFAULT = new Brush(64, 0.8, 1, 0.2);

    public Brush {
        if (!(size >= 1 && size <= LARGEST)
                || !(hardness >= 0 && hardness <= 1)
                || !(opacity >= 0 && opacity <= 1)
                || !(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("size " + size + ", hardness " + hardness);
        }
    }

    public Brush withSize(double value) {
        return new Brush(Math.max(1, Math.min(LARGEST, value)), hardness, opacity, smoothing);
    }

    public Brush withHardness(double value) {
        return new Brush(size, value, opacity, smoothing);
    }

    public Brush withOpacity(double value) {
        return new Brush(size, hardness, value, smoothing);
    }

    public Brush withSmoothing(double value) {
        return new Brush(size, hardness, opacity, value);
    }
}
