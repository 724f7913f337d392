package gesso.ui.canvas;

import gesso.image.Region;

/** The frame's geometry: where it may stand, and how large it may be. */
final class Frames {
    static final int SMALLEST = 64;
    static final int LARGEST = 2048;

    private Frames() {}

    /** Which sides are dragged: −1 left or top, 1 right or bottom, 0 neither; 0 and 0 move the whole. */
    record Grip(int x, int y) {
        boolean moves() {
            return x == 0 && y == 0;
        }
    }

    /**
     * The frame after its grip was dragged by so many pixels, its sides multiples of the step, as the model likes them.
     *
     * @param step 64, or 8 for what is just possible
     */
    static Region dragged(Region start, Grip grip, double dx, double dy, int step) {
        if (grip.moves()) {
            return new Region(start.x() + snapped(dx, 8), start.y() + snapped(dy, 8), start.width(), start.height());
        }
        int width = grip.x() == 0 ? start.width() : side(start.width() + grip.x() * dx, step);
        int height = grip.y() == 0 ? start.height() : side(start.height() + grip.y() * dy, step);
        return new Region(
                grip.x() < 0 ? start.right() - width : start.x(),
                grip.y() < 0 ? start.bottom() - height : start.y(),
                width,
                height);
    }

    private static int snapped(double by, int step) {
        return (int) Math.round(by / step) * step;
    }

    private static int side(double wanted, int step) {
        return Math.max(SMALLEST, Math.min(LARGEST, snapped(wanted, step)));
    }

    /** What of the frame a point grips, within so many pixels of its sides. */
    static Grip grip(Region frame, double x, double y, double reach) {
        return new Grip(
                Math.abs(x - frame.x()) <= reach ? -1 : Math.abs(x - frame.right()) <= reach ? 1 : 0,
                Math.abs(y - frame.y()) <= reach ? -1 : Math.abs(y - frame.bottom()) <= reach ? 1 : 0);
    }

    static Region union(Region a, Region b) {
        int x = Math.min(a.x(), b.x());
        int y = Math.min(a.y(), b.y());
        return new Region(x, y, Math.max(a.right(), b.right()) - x, Math.max(a.bottom(), b.bottom()) - y);
    }
}
