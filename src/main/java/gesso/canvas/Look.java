package gesso.canvas;

/**
 * How a layer is shown, and where.
 *
 * @param opacity 0–1
 * @param x document column of the layer's own column 0; may be negative
 * @param y document row of the layer's own row 0
 */
public record Look(String name, boolean visible, double opacity, int x, int y) {
    public Look {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("An opacity of " + opacity);
        }
    }

    public Look withName(String value) {
        return new Look(value, visible, opacity, x, y);
    }

    public Look withVisible(boolean value) {
        return new Look(name, value, opacity, x, y);
    }

    public Look withOpacity(double value) {
        return new Look(name, visible, value, x, y);
    }

    public Look at(int newX, int newY) {
        return new Look(name, visible, opacity, newX, newY);
    }
}
