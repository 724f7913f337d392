package gesso.canvas;

import gesso.image.Region;
import java.util.Arrays;
import java.util.List;

/** Coverages of whole pixels: a pixel is in where its centre is. */
public final class Shapes {
    private Shapes() {}

    /** A corner of a polygon, in the document's coordinates. */
    public record Point(double x, double y) {}

    /** Every pixel of the region. */
    public static Coverage rectangle(Region region) {
        return new Coverage() {
            @Override
            public Region bounds() {
                return region;
            }

            @Override
            public void row(int y, int left, int count, int[] out) {
                Arrays.fill(out, 0, count, 255);
            }
        };
    }

    /** The ellipse that touches the region's sides. */
    public static Coverage ellipse(Region region) {
        double cx = region.x() + region.width() / 2.0;
        double cy = region.y() + region.height() / 2.0;
        return new Coverage() {
            @Override
            public Region bounds() {
                return region;
            }

            @Override
            public void row(int y, int left, int count, int[] out) {
                double ny = (y + 0.5 - cy) / (region.height() / 2.0);
                for (int i = 0; i < count; i++) {
                    double nx = (left + i + 0.5 - cx) / (region.width() / 2.0);
                    out[i] = nx * nx + ny * ny <= 1 ? 255 : 0;
                }
            }
        };
    }

    /** A closed polygon; where its edges cross, what is enclosed an even number of times is out. At least one point. */
    public static Coverage polygon(List<Point> points) {
        int left = (int) Math.floor(points.stream().mapToDouble(Point::x).min().orElseThrow());
        int top = (int) Math.floor(points.stream().mapToDouble(Point::y).min().orElseThrow());
        int right = (int) Math.ceil(points.stream().mapToDouble(Point::x).max().orElseThrow());
        int bottom = (int) Math.ceil(points.stream().mapToDouble(Point::y).max().orElseThrow());
        Region bounds = new Region(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
        return new Coverage() {
            @Override
            public Region bounds() {
                return bounds;
            }

            @Override
            public void row(int y, int first, int count, int[] out) {
                Arrays.fill(out, 0, count, 0);
                double[] crossings = crossings(points, y + 0.5);
                for (int i = 0; i + 1 < crossings.length; i += 2) {
                    int from = Math.max(0, (int) Math.ceil(crossings[i] - 0.5) - first);
                    int to = Math.min(count, (int) Math.ceil(crossings[i + 1] - 0.5) - first);
                    if (from < to) {
                        Arrays.fill(out, from, to, 255);
                    }
                }
            }
        };
    }

    private static double[] crossings(List<Point> points, double y) {
        double[] found = new double[points.size()];
        int count = 0;
        Point a = points.get(points.size() - 1);
        for (Point b : points) {
            if (a.y() <= y != b.y() <= y) {
                found[count++] = a.x() + (y - a.y()) * (b.x() - a.x()) / (b.y() - a.y());
            }
            a = b;
        }
        double[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** From full at one point to nothing at another, over a region; full behind the first. */
    public static Coverage gradient(Region region, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double square = Math.max(1e-9, dx * dx + dy * dy);
        return new Coverage() {
            @Override
            public Region bounds() {
                return region;
            }

            @Override
            public void row(int y, int left, int count, int[] out) {
                for (int i = 0; i < count; i++) {
                    double t = ((left + i + 0.5 - x0) * dx + (y + 0.5 - y0) * dy) / square;
                    out[i] = (int) Math.round(255 * (1 - Math.max(0, Math.min(1, t))));
                }
            }
        };
    }

    /** Levels over a region, rows from the top. */
    public static Coverage levels(Region region, byte[] levels) {
        return new Coverage() {
            @Override
            public Region bounds() {
                return region;
            }

            @Override
            public void row(int y, int left, int count, int[] out) {
                int from = (y - region.y()) * region.width() + left - region.x();
                for (int i = 0; i < count; i++) {
                    out[i] = levels[from + i] & 255;
                }
            }
        };
    }
}
