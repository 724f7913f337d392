package gesso.request;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ControlNet units as plain values under the names of the settings of {@code --control}: what presets hold of them. No
 * pictures and no paths: a model is its file's name, without ending.
 */
public final class ControlValues {
    /** What every unit starts from. */
    private static final ControlUnit PLAIN = ControlUnit.of(Path.of(""), null);

    private ControlValues() {}

    /** A unit's values; null where a threshold is the preprocessor's own. */
    public static Map<String, @Nullable Object> of(ControlUnit unit) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        String file = String.valueOf(unit.model().getFileName());
        int dot = file.lastIndexOf('.');
        values.put("model", dot > 0 ? file.substring(0, dot) : file);
        Preprocessing drawn = unit.preprocessing();
        values.put("preprocessor", drawn.name());
        values.put("resolution", drawn.resolution());
        values.put("low", drawn.first());
        values.put("high", drawn.second());
        values.put("pixel-perfect", drawn.pixelPerfect());
        values.put("weight", unit.weight());
        values.put("start", unit.start());
        values.put("end", unit.end());
        values.put("mode", unit.mode().label());
        values.put("resize", unit.resizeMode().label());
        return values;
    }

    /**
     * The unit with some values changed; its model stays, for a name alone leads to no file.
     *
     * @throws InvalidRequest naming the field, for a value of another kind or out of its range
     */
    public static ControlUnit apply(Map<String, ? extends @Nullable Object> values, ControlUnit unit) {
        Map<String, @Nullable Object> all = of(unit);
        all.putAll(values);
        ValueReader read = new ValueReader(all);
        String unused = read.text("model");
        return unit.withPreprocessing(new Preprocessing(
                        read.text("preprocessor"),
                        read.whole("resolution"),
                        read.numberOrNull("low"),
                        read.numberOrNull("high"),
                        read.flag("pixel-perfect")))
                .withWeight(read.number("weight"))
                .withRange(read.number("start"), read.number("end"))
                .withMode(ControlMode.parse(read.text("mode")))
                .withResizeMode(ResizeMode.parse(read.text("resize")));
    }

    /**
     * The units' values out of a request's.
     *
     * @throws InvalidRequest where it is no list of objects, or a value in one is wrong
     */
    public static List<Map<String, @Nullable Object>> list(@Nullable Object controls) {
        if (controls == null) {
            return List.of();
        }
        if (!(controls instanceof List<?> list)) {
            throw wrong();
        }
        List<Map<String, @Nullable Object>> units = new ArrayList<>();
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> map)) {
                throw wrong();
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, value) -> values.put(String.valueOf(key), value));
            ControlUnit unused = apply(values, PLAIN);
            units.add(Collections.unmodifiableMap(values));
        }
        return units;
    }

    /** As many units as there are, those with values of their own changed. */
    static List<ControlUnit> apply(@Nullable Object controls, List<ControlUnit> units) {
        List<Map<String, @Nullable Object>> values = list(controls);
        List<ControlUnit> changed = new ArrayList<>(units);
        for (int i = 0; i < Math.min(units.size(), values.size()); i++) {
            changed.set(i, apply(values.get(i), units.get(i)));
        }
        return changed;
    }

    private static InvalidRequest wrong() {
        return new InvalidRequest("controls", "\"controls\" must be a list of ControlNets' values, [{…}].");
    }
}
