package gesso.ui.control;

import gesso.image.control.Preprocessor;
import gesso.ui.common.NumberSetting;
import org.jspecify.annotations.Nullable;

/** A preprocessor's thresholds as numbers to set, each with a name and a range of its own; it has two at most. */
record Thresholds(@Nullable Threshold first, @Nullable Threshold second) {
    static final Thresholds NONE = new Thresholds(null, null);

    /** One of them, and its name as a key of words. */
    record Threshold(String key, NumberSetting number) {}

    /** A preprocessor's; {@code unit} tells the names of its settings from those of other units */
    static Thresholds of(Preprocessor preprocessor, String unit) {
        double first = preprocessor.defaultFirst();
        return switch (preprocessor) {
            case CANNY ->
                new Thresholds(
                        whole("threshold.low", "canny-low", 1, 255, first, unit),
                        whole("threshold.high", "canny-high", 1, 255, preprocessor.defaultSecond(), unit));
            case SCRIBBLE -> new Thresholds(whole("threshold.strokes", "scribble", 1, 64, first, unit), null);
            case THRESHOLD -> new Thresholds(whole("threshold.cut", "threshold", 0, 255, first, unit), null);
            case TILE ->
                new Thresholds(
                        new Threshold("threshold.smaller", NumberSetting.decimal("tile" + unit, 1, 8, 0.25, 2, first)),
                        null);
            default -> NONE;
        };
    }

    private static Threshold whole(String key, String name, double low, double high, double usual, String unit) {
        return new Threshold(key, NumberSetting.whole(name + unit, low, high, 1, usual));
    }

    /** The value of one; null where there is none. */
    static @Nullable Double value(@Nullable Threshold threshold) {
        return threshold == null ? null : (Double) threshold.number().value();
    }

    static void use(@Nullable Threshold threshold, @Nullable Double value) {
        if (threshold != null) {
            if (value == null) {
                threshold.number().reset();
            } else {
                threshold.number().set(value);
            }
        }
    }
}
