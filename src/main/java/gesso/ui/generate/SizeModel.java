package gesso.ui.generate;

import gesso.request.GenerationRequest;
import gesso.request.Size;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import java.util.List;

/** The picture's width and height; their defaults are the model's native size. */
public final class SizeModel {
    /** From this native size on, shapes keep the number of pixels; below it, the shorter side (as artists use SD1). */
    private static final int KEEPS_AREA = 1024;

    private static final double LONGER_SIDE = 1.5;
    private static final int SHAPE_STEP = 64;

    /** A picture of more pixels than so many times the model's own is not painted at its size unasked. */
    private static final double MOST_PIXELS = 2;

    private final NumberSetting width = side("width");
    private final NumberSetting height = side("height");
    private Size nativeSize = new Size(512, 512);
    private String suggested = "";

    /** A picture's proportions. */
    public enum Shape {
        SQUARE,
        PORTRAIT,
        LANDSCAPE
    }

    private static NumberSetting side(String name) {
        return NumberSetting.whole(
                name,
                GenerationRequest.SMALLEST_SIDE,
                GenerationRequest.LARGEST_SIDE,
                GenerationRequest.SIDE_STEP,
                // Known once there is a model; a remembered size is none of its defaults till then.
                Double.NaN);
    }

    public NumberSetting width() {
        return width;
    }

    public NumberSetting height() {
        return height;
    }

    List<Setting> settings() {
        return List.of(width, height);
    }

    /** The size as it is typed; only where both numbers are whole. */
    Size size() {
        return new Size(width.whole(), height.whole());
    }

    /** The size as it is typed, the model's own while that is none. */
    public Size orNative() {
        boolean sides = width.check().isEmpty() && height.check().isEmpty();
        return sides && width.value() > 0 && height.value() > 0 ? size() : nativeSize;
    }

    /** Another model: a size that was the old one's native size becomes the new one's. */
    public void setNativeSize(Size size) {
        nativeSize = size;
        width.setDefault(size.width());
        height.setDefault(size.height());
    }

    public void use(Size size) {
        width.set(size.width());
        height.set(size.height());
    }

    /** The picture's own size, as near as a request may have it; its proportions where it is too large or too small. */
    public void useOf(Size picture) {
        double longer = Math.max(picture.width(), picture.height());
        double shorter = Math.min(picture.width(), picture.height());
        use(scaled(
                picture,
                Math.max(
                        Math.min(1, GenerationRequest.LARGEST_SIDE / longer),
                        GenerationRequest.SMALLEST_SIDE / shorter)));
    }

    /**
     * A size for a picture that was brought in, unless one was chosen by hand: the picture's own, or, where that is far beyond
     * what the model paints well, its proportions at the model's own number of pixels.
     */
    public void suggestFor(Size picture) {
        if (!isUntouched()) {
            return;
        }
        double room = (double) nativeSize.width() * nativeSize.height();
        double pixels = (double) picture.width() * picture.height();
        if (pixels > MOST_PIXELS * room) {
            use(scaled(picture, Math.sqrt(room / pixels)));
        } else {
            useOf(picture);
        }
        suggested = write();
    }

    private boolean isUntouched() {
        boolean isDefault =
                !width.changedProperty().get() && !height.changedProperty().get();
        return isDefault || write().equals(suggested);
    }

    private String write() {
        return width.write() + "x" + height.write();
    }

    /** The size times the factor, on the grid and within the limits. */
    private static Size scaled(Size size, double factor) {
        return new Size(side(size.width() * factor), side(size.height() * factor));
    }

    private static int side(double wanted) {
        int down = (int) wanted / GenerationRequest.SIDE_STEP * GenerationRequest.SIDE_STEP;
        return Math.max(GenerationRequest.SMALLEST_SIDE, Math.min(GenerationRequest.LARGEST_SIDE, down));
    }

    public void use(Shape shape) {
        use(sizeOf(shape));
    }

    /** Whether the size is the one that {@link #use(Shape)} would set. */
    boolean is(Shape shape) {
        Size size = sizeOf(shape);
        return width.value() == size.width() && height.value() == size.height();
    }

    public void swap() {
        String old = width.write();
        width.read(height.write());
        height.read(old);
    }

    private Size sizeOf(Shape shape) {
        int side = Math.min(nativeSize.width(), nativeSize.height());
        int shorter = side >= KEEPS_AREA ? down(side / Math.sqrt(LONGER_SIDE)) : side;
        int longer = side >= KEEPS_AREA ? down(side * Math.sqrt(LONGER_SIDE)) : down(side * LONGER_SIDE);
        return switch (shape) {
            case SQUARE -> nativeSize;
            case PORTRAIT -> new Size(shorter, longer);
            case LANDSCAPE -> new Size(longer, shorter);
        };
    }

    private static int down(double side) {
        return ((int) (side / SHAPE_STEP)) * SHAPE_STEP;
    }
}
