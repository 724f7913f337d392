package gesso.canvas;

import gesso.image.Region;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Draws a document into a view's own pixels, 0xAARRGGBB premultiplied: what is enlarged keeps its pixels square, what is
 * reduced is mixed from the next larger level. Only what changed is drawn again.
 */
public final class ViewRenderer {
    private static final double GRID_FROM = 12;
    private static final int GRID = 0x30;

    private final CanvasDocument document;
    private final Pyramid pyramid;
    private Viewpoint view = new Viewpoint(0, 0, 1, 0, false);
    private int width;
    private int height;
    private int[] window = new int[0];
    private @Nullable Region shown;
    private boolean stale = true;

    public ViewRenderer(CanvasDocument document) {
        this.document = document;
        pyramid = new Pyramid(document);
    }

    /** Where the view stands, and how many screen pixels it has. */
    public void look(Viewpoint from, int newWidth, int newHeight) {
        stale |= !from.equals(view) || newWidth != width || newHeight != height;
        view = from;
        width = newWidth;
        height = newHeight;
    }

    public Viewpoint view() {
        return view;
    }

    /** Says what has to be drawn again; null: everything. Returns the region of the screen that shows it; null: none does. */
    public @Nullable Region changed(@Nullable Region region) {
        pyramid.changed(region);
        if (region == null || stale) {
            stale = true;
            return new Region(0, 0, Math.max(1, width), Math.max(1, height));
        }
        Region seen = shown == null ? null : Layer.intersection(Pyramid.reduced(region, level()), shown);
        if (seen == null || shown == null) {
            return null;
        }
        pyramid.read(
                level(), seen, window, (seen.y() - shown.y()) * shown.width() + seen.x() - shown.x(), shown.width());
        return onScreen(region);
    }

    private int level() {
        return Pyramid.level(view.scale());
    }

    private @Nullable Region onScreen(Region region) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        double extra = Math.scalb(2.0, level()); // a neighbour is mixed in
        for (double px : new double[] {region.x() - extra, region.right() + extra}) {
            for (double py : new double[] {region.y() - extra, region.bottom() + extra}) {
                double sx = view.screenX(px, py, width);
                double sy = view.screenY(px, py, height);
                left = Math.min(left, sx);
                right = Math.max(right, sx);
                top = Math.min(top, sy);
                bottom = Math.max(bottom, sy);
            }
        }
        int x = (int) Math.floor(left);
        int y = (int) Math.floor(top);
        return Layer.intersection(
                new Region(x, y, (int) Math.ceil(right) - x + 1, (int) Math.ceil(bottom) - y + 1),
                new Region(0, 0, width, height));
    }

    /**
     * Draws a region of the screen.
     *
     * @param out rows of the view's width
     */
    public void draw(Region part, IntBuffer out) {
        if (stale) {
            refill();
            stale = false;
        }
        double[] m = view.matrix();
        double determinant = m[0] * m[3] - m[1] * m[2];
        double ox = view.originX(width);
        double oy = view.originY(height);
        double reduction = Math.scalb(1.0, -level());
        // One step to the right on the screen, in the document, and one step down.
        double rightX = m[3] / determinant;
        double rightY = -m[1] / determinant;
        double downX = -m[2] / determinant;
        double downY = m[0] / determinant;
        int[] line = new int[part.width()];
        Region bounds = document.bounds();
        boolean smooth = view.scale() < 1 || (view.degrees() % 90 != 0 && view.scale() < GRID_FROM);
        boolean grid = view.scale() >= GRID_FROM && view.degrees() % 90 == 0;
        for (int y = part.y(); y < part.bottom(); y++) {
            double sy = y + 0.5 - oy;
            for (int x = 0; x < line.length; x++) {
                // Not summed up: a part that is drawn again must come out as the whole does.
                double sx = part.x() + x + 0.5 - ox;
                double px = rightX * sx + downX * sy;
                double py = rightY * sx + downY * sy;
                if (bounds == null
                        || px < bounds.x()
                        || py < bounds.y()
                        || px >= bounds.right()
                        || py >= bounds.bottom()) {
                    line[x] = 0;
                } else {
                    int colour = smooth ? mixed(px * reduction, py * reduction) : nearest(px, py);
                    line[x] = overChecks(grid ? gridded(colour, px, py) : colour, part.x() + x, y);
                }
            }
            out.position(y * width + part.x());
            out.put(line);
        }
    }

    /** A pixel's first screen row and column are a little darker. */
    private int gridded(int colour, double px, double py) {
        double one = 1 / view.scale();
        boolean edge = px - Math.floor(px) < one || py - Math.floor(py) < one;
        return edge ? Ink.over((colour >> 8 & 255) < 96 ? 0xFFFFFF : 0, GRID, colour) : colour;
    }

    private int nearest(double px, double py) {
        return at((int) Math.floor(px), (int) Math.floor(py));
    }

    private int at(int x, int y) {
        if (shown == null) {
            return 0;
        }
        int column = Math.max(shown.x(), Math.min(shown.right() - 1, x)) - shown.x();
        int row = Math.max(shown.y(), Math.min(shown.bottom() - 1, y)) - shown.y();
        return window[row * shown.width() + column];
    }

    private int mixed(double px, double py) {
        double fx = px - 0.5;
        double fy = py - 0.5;
        int x = (int) Math.floor(fx);
        int y = (int) Math.floor(fy);
        int wx = (int) ((fx - x) * 256);
        int wy = (int) ((fy - y) * 256);
        int a = at(x, y);
        int b = at(x + 1, y);
        int c = at(x, y + 1);
        int d = at(x + 1, y + 1);
        int out = 0;
        for (int shift = 0; shift <= 24; shift += 8) {
            int top = (a >>> shift & 255) * (256 - wx) + (b >>> shift & 255) * wx;
            int low = (c >>> shift & 255) * (256 - wx) + (d >>> shift & 255) * wx;
            out |= (top * (256 - wy) + low * wy + 32768) >>> 16 << shift;
        }
        return out;
    }

    /** What is transparent shows a quiet pattern. */
    private static int overChecks(int colour, int sx, int sy) {
        if (colour >>> 24 == 255) {
            return colour;
        }
        return Ink.over(colour, colour >>> 24, ((sx >> 3) + (sy >> 3) & 1) == 0 ? 0xFF6E6E6E : 0xFF7A7A7A);
    }

    /** Reads what the view shows, with a pixel more on each side for mixing. */
    private void refill() {
        shown = null;
        Region bounds = document.bounds();
        if (bounds == null || width == 0 || height == 0) {
            return;
        }
        Region seen = Layer.intersection(bounds, seen());
        if (seen == null) {
            return;
        }
        Region small = Pyramid.reduced(seen, level());
        Region most = Pyramid.reduced(bounds, level());
        Region wider = new Region(small.x() - 1, small.y() - 1, small.width() + 2, small.height() + 2);
        Region area = Layer.intersection(wider, most);
        if (area != null) {
            int size = area.width() * area.height();
            window = window.length >= size && window.length < 4 * size ? window : new int[size];
            pyramid.read(level(), area, window, 0, area.width());
            shown = area;
        }
    }

    private Region seen() {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (double sx : new double[] {0, width}) {
            for (double sy : new double[] {0, height}) {
                double px = view.documentX(sx, sy, width, height);
                double py = view.documentY(sx, sy, width, height);
                left = Math.min(left, px);
                right = Math.max(right, px);
                top = Math.min(top, py);
                bottom = Math.max(bottom, py);
            }
        }
        int x = (int) Math.floor(left);
        int y = (int) Math.floor(top);
        return new Region(x, y, (int) Math.ceil(right) - x + 1, (int) Math.ceil(bottom) - y + 1);
    }
}
