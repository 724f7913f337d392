package gesso.canvas;

import gesso.image.Region;

/**
 * How the canvas is looked at: which of its points lies at the view's centre, how large, turned and mirrored. The screen's
 * coordinates are its own pixels, so that a scale of 1 is sharp on every screen.
 *
 * @param x the document's column at the view's centre
 * @param y its row
 * @param scale screen pixels a picture pixel
 * @param degrees clockwise
 * @param mirrored left and right changed, before turning
 */
public record Viewpoint(double x, double y, double scale, double degrees, boolean mirrored) {
    public static final double LARGEST = 64;
    public static final double SMALLEST = 0.01;

    /** All of the region, in a view of that many screen pixels with a margin. */
    public static Viewpoint fitting(Region region, double width, double height, double margin) {
        double room = Math.min((width - 2 * margin) / region.width(), (height - 2 * margin) / region.height());
        return new Viewpoint(
                region.x() + region.width() / 2.0,
                region.y() + region.height() / 2.0,
                Math.max(SMALLEST, Math.min(LARGEST, room)),
                0,
                false);
    }

    /** Turned or mirrored, all else alike. */
    public Viewpoint turned(double newDegrees, boolean newMirrored) {
        return new Viewpoint(x, y, scale, newDegrees, newMirrored);
    }

    /** The change of the screen's x for one document pixel to the right, of the screen's y for one, and so on downwards. */
    double[] matrix() {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        // Multiples of 90° are exact, so that their pixels are copied, not mixed.
        if (degrees % 90 == 0) {
            cos = Math.rint(cos);
            sin = Math.rint(sin);
        }
        double m = mirrored ? -scale : scale;
        return new double[] {m * cos, m * sin, -scale * sin, scale * cos};
    }

    public double screenX(double px, double py, double width) {
        double[] m = matrix();
        return originX(width) + m[0] * px + m[2] * py;
    }

    public double screenY(double px, double py, double height) {
        double[] m = matrix();
        return originY(height) + m[1] * px + m[3] * py;
    }

    /** Where the document's point (0, 0) is seen: on a whole screen pixel, so that pixels fall on pixels. */
    double originX(double width) {
        double[] m = matrix();
        return Math.rint(width / 2 - m[0] * x - m[2] * y);
    }

    double originY(double height) {
        double[] m = matrix();
        return Math.rint(height / 2 - m[1] * x - m[3] * y);
    }

    /** The document's column under a point of the screen. */
    public double documentX(double sx, double sy, double width, double height) {
        double[] m = matrix();
        double dx = sx - originX(width);
        double dy = sy - originY(height);
        return (m[3] * dx - m[2] * dy) / (m[0] * m[3] - m[1] * m[2]);
    }

    /** The document's row under a point of the screen. */
    public double documentY(double sx, double sy, double width, double height) {
        double[] m = matrix();
        double dx = sx - originX(width);
        double dy = sy - originY(height);
        return (m[0] * dy - m[1] * dx) / (m[0] * m[3] - m[1] * m[2]);
    }

    /** Another scale, with the same point of the document under the same point of the screen. */
    public Viewpoint zoomed(double wanted, double sx, double sy, double width, double height) {
        double newScale = Math.max(SMALLEST, Math.min(LARGEST, wanted));
        double px = documentX(sx, sy, width, height);
        double py = documentY(sx, sy, width, height);
        double share = scale / newScale;
        return new Viewpoint(px + (x - px) * share, py + (y - py) * share, newScale, degrees, mirrored);
    }

    /** Moved by so many screen pixels. */
    public Viewpoint panned(double dx, double dy) {
        double[] m = matrix();
        double determinant = m[0] * m[3] - m[1] * m[2];
        return new Viewpoint(
                x - (m[3] * dx - m[2] * dy) / determinant,
                y - (m[0] * dy - m[1] * dx) / determinant,
                scale,
                degrees,
                mirrored);
    }
}
