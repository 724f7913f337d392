package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * How a control image is drawn from a picture.
 *
 * @param name a preprocessor's, as A1111's ControlNet extension calls it: {@code none}, {@code canny} …; the set is open, for
 *     learned ones are files that the user has
 * @param resolution of the picture's shorter side while it is drawn, 64–2048; without meaning with {@code pixelPerfect}
 * @param first the preprocessor's first threshold; null: its default
 * @param second its second one; null: its default
 * @param pixelPerfect the resolution is taken so that the control image needs no more resizing
 */
public record Preprocessing(
        String name,
        int resolution,
        @Nullable Double first,
        @Nullable Double second,
        boolean pixelPerfect) {
    public static final int DEFAULT_RESOLUTION = 512;

    /** The picture is the control image already. */
    public static final Preprocessing NONE = new Preprocessing("none", DEFAULT_RESOLUTION, null, null, false);

    public Preprocessing {
        InvalidRequest.range("control-resolution", "A preprocessor's resolution", resolution, 64, 2048);
        checkThreshold(first);
        checkThreshold(second);
    }

    /** One with its own thresholds at the default resolution. */
    public static Preprocessing of(String name) {
        return new Preprocessing(name, DEFAULT_RESOLUTION, null, null, false);
    }

    private static void checkThreshold(@Nullable Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw new InvalidRequest("control-threshold", "A preprocessor's threshold must be a number.");
        }
    }
}
