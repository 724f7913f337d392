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

    private final NumberSetting width = side("width");
    private final NumberSetting height = side("height");
    private Size nativeSize = new Size(512, 512);

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
