package gesso.canvas;

import gesso.image.Region;
import org.jspecify.annotations.Nullable;

/**
 * One stroke of a brush: segments between the points that the hand gives, each covered by the distance to it, so that there are
 * no gaps and no beads at any speed. Coordinates are the document's, in pixels and fractions.
 */
public final class BrushStroke {
    /** Longer segments are painted in pieces: a slanting one would be looked for in too large a square. */
    private static final double LONGEST = 128;

    private static final double SLOWEST = 0.92;

    private final Brush brush;
    private final Painting painting;
    private double x;
    private double y;
    private double handX;
    private double handY;
    private double radius;

    /**
     * The brush touches down.
     *
     * @param pressure 0–1; 1 where the device knows none
     */
    public BrushStroke(Painting painting, Brush brush, double x, double y, double pressure) {
        this.brush = brush;
        this.painting = painting;
        this.x = x;
        this.y = y;
        handX = x;
        handY = y;
        radius = radius(pressure);
    }

    private double radius(double pressure) {
        return Math.max(0.5, brush.size() / 2 * Math.max(0, Math.min(1, pressure)));
    }

    /** The first touch. Returns what changed; null: nothing. */
    public @Nullable Region begin() {
        return painting.cover(new Segment(x, y, radius, x, y, radius, brush.hardness()));
    }

    /** The hand moves on. Returns what changed; null: nothing. */
    public @Nullable Region to(double newX, double newY, double pressure) {
        handX = newX;
        handY = newY;
        double share = 1 - SLOWEST * brush.smoothing();
        return line(x + (newX - x) * share, y + (newY - y) * share, radius(pressure));
    }

    /** The hand lifts: what smoothing held back is painted. */
    public @Nullable Region end() {
        return brush.smoothing() == 0 ? null : line(handX, handY, radius);
    }

    private @Nullable Region line(double toX, double toY, double toRadius) {
        double length = Math.hypot(toX - x, toY - y);
        int pieces = (int) Math.max(1, Math.ceil(length / Math.max(LONGEST, radius)));
        double fromX = x;
        double fromY = y;
        double fromRadius = radius;
        Region all = null;
        for (int i = 1; i <= pieces; i++) {
            double t = (double) i / pieces;
            double nextX = fromX + (toX - fromX) * t;
            double nextY = fromY + (toY - fromY) * t;
            double nextRadius = fromRadius + (toRadius - fromRadius) * t;
            Region changed = painting.cover(new Segment(x, y, radius, nextX, nextY, nextRadius, brush.hardness()));
            all = changed == null ? all : all == null ? changed : Layer.union(all, changed);
            x = nextX;
            y = nextY;
            radius = nextRadius;
        }
        return all;
    }

    /** A line with round ends whose half width goes from one radius to the other. */
    record Segment(double x0, double y0, double r0, double x1, double y1, double r1, double hardness)
            implements Coverage {
        @Override
        public Region bounds() {
            double reach = Math.max(r0, r1) + 1;
            int left = (int) Math.floor(Math.min(x0, x1) - reach);
            int top = (int) Math.floor(Math.min(y0, y1) - reach);
            int right = (int) Math.ceil(Math.max(x0, x1) + reach);
            int bottom = (int) Math.ceil(Math.max(y0, y1) + reach);
            return new Region(left, top, right - left, bottom - top);
        }

        @Override
        public void row(int row, int left, int count, int[] out) {
            double dx = x1 - x0;
            double dy = y1 - y0;
            double square = dx * dx + dy * dy;
            double py = row + 0.5 - y0;
            double reach = (Math.max(r0, r1) + 0.5) * (Math.max(r0, r1) + 0.5);
            for (int i = 0; i < count; i++) {
                double px = left + i + 0.5 - x0;
                double t = square == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
                double ex = px - t * dx;
                double ey = py - t * dy;
                double distance = ex * ex + ey * ey;
                out[i] = distance >= reach ? 0 : tip(Math.sqrt(distance), r0 + (r1 - r0) * t);
            }
        }

        /** Full up to the hard part, then smoothly less until half a pixel beyond the radius. */
        private int tip(double distance, double radius) {
            double outer = radius + 0.5;
            double inner = Math.min(radius * hardness, radius - 0.5);
            if (distance <= inner) {
                return 255;
            }
            if (distance >= outer) {
                return 0;
            }
            double t = (outer - distance) / (outer - inner);
            return (int) Math.round(255 * (hardness == 1 ? t : t * t * (3 - 2 * t)));
        }
    }
}
