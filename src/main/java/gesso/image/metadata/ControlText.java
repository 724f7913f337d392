package gesso.image.metadata;

import gesso.image.control.Preprocessor;
import gesso.request.ControlMode;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A ControlNet unit as A1111's ControlNet extension writes it into a picture's parameters, under {@code ControlNet 0} and so on. */
public final class ControlText {
    /** What the extension writes for a threshold that its preprocessor does not have. */
    private static final double NO_THRESHOLD = 0.5;

    private static final Pattern KEY = Pattern.compile("ControlNet (\\d{1,2})");
    private static final Pattern TITLE = Pattern.compile("(.*?)(?:\\s*\\[([0-9a-fA-F]+)\\])?");

    private ControlText() {}

    /**
     * A unit as the extension writes it.
     *
     * @param hash A1111's old short hash of the model's file
     */
    public static String write(ControlUnit unit, String model, String hash) {
        Preprocessing drawn = unit.preprocessing();
        double[] usual = usualThresholds(drawn.name());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("Module", plain(drawn.name()));
        values.put("Model", "%s [%s]".formatted(plain(model), hash));
        values.put("Weight", unit.weight());
        values.put("Resize Mode", titled(unit.resizeMode()));
        values.put("Processor Res", drawn.resolution());
        values.put("Threshold A", drawn.first() == null ? usual[0] : drawn.first());
        values.put("Threshold B", drawn.second() == null ? usual[1] : drawn.second());
        values.put("Guidance Start", unit.start());
        values.put("Guidance End", unit.end());
        values.put("Pixel Perfect", drawn.pixelPerfect() ? "True" : "False");
        values.put("Control Mode", unit.mode().label());
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : ", ").append(key).append(": ").append(value));
        return text.toString();
    }

    private static double[] usualThresholds(String name) {
        try {
            Preprocessor known = Preprocessor.parse(name);
            return new double[] {
                known.hasFirst() ? known.defaultFirst() : NO_THRESHOLD,
                known.hasSecond() ? known.defaultSecond() : NO_THRESHOLD
            };
        } catch (InvalidRequest e) {
            return new double[] {NO_THRESHOLD, NO_THRESHOLD};
        }
    }

    /** The extension's spelling: Crop and Resize. */
    private static String titled(ResizeMode mode) {
        return mode.label().replace(" resize", " Resize").replace(" fill", " Fill");
    }

    /** Commas and colons part the entries. */
    private static String plain(String name) {
        return name.replaceAll("[,:]", " ");
    }

    /** Takes the units' settings over for the units that are there: a text holds no pictures. */
    static GenerationRequest read(TakenSettings settings, GenerationRequest request, ModelFinder models) {
        Map<Integer, String> texts = new TreeMap<>();
        for (String key : List.copyOf(settings.left().keySet())) {
            Matcher m = KEY.matcher(key);
            if (m.matches()) {
                texts.put(Integer.valueOf(m.group(1)), settings.take(key, ""));
            }
        }
        List<ControlUnit> units = new ArrayList<>(request.controls());
        texts.forEach((i, text) -> {
            Map<String, String> values = values(text);
            if (i >= units.size()) {
                settings.note("The ControlNet %s (%s) was left out: its picture is not in the file."
                        .formatted(values.getOrDefault("Model", "?"), values.getOrDefault("Module", "none")));
                return;
            }
            settings.attempt("ControlNet " + i, text, () -> units.set(i, unit(values, units.get(i), settings, models)));
        });
        return request.edit(e -> e.controls(units));
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(": ");
            if (colon > 0) {
                values.put(
                        part.substring(0, colon).strip(),
                        part.substring(colon + 2).strip());
            }
        }
        return values;
    }

    private static ControlUnit unit(
            Map<String, String> values, ControlUnit now, TakenSettings settings, ModelFinder models) {
        Preprocessing drawn = now.preprocessing();
        int resolution = (int) number(values, "Processor Res", drawn.resolution());
        Preprocessing preprocessing = new Preprocessing(
                values.getOrDefault("Module", drawn.name()),
                resolution < 64 ? Preprocessing.DEFAULT_RESOLUTION : resolution,
                threshold(values, "Threshold A", drawn.first()),
                threshold(values, "Threshold B", drawn.second()),
                values.getOrDefault("Pixel Perfect", "False")
                        .toLowerCase(Locale.ROOT)
                        .equals("true"));
        return new ControlUnit(
                model(values, now, settings, models),
                now.picture(),
                preprocessing,
                number(values, "Weight", now.weight()),
                number(values, "Guidance Start", now.start()),
                number(values, "Guidance End", now.end()),
                values.containsKey("Resize Mode") ? ResizeMode.parse(values.get("Resize Mode")) : now.resizeMode(),
                values.containsKey("Control Mode") ? ControlMode.parse(values.get("Control Mode")) : now.mode(),
                now.mask(),
                now.weightMap());
    }

    private static Path model(Map<String, String> values, ControlUnit now, TakenSettings settings, ModelFinder models) {
        Matcher title = TITLE.matcher(values.getOrDefault("Model", ""));
        if (!title.matches() || title.group(1).isEmpty()) {
            return now.model();
        }
        Optional<Path> found = models.controlNet(title.group(1));
        if (found.isEmpty()) {
            settings.note("The ControlNet %s is not in the model folders; %s stays chosen."
                    .formatted(title.group(1), now.model().getFileName()));
        }
        return found.orElse(now.model());
    }

    private static double number(Map<String, String> values, String key, double otherwise) {
        String text = values.get(key);
        return text == null ? otherwise : Double.parseDouble(text);
    }

    /** The extension writes −1 for one that was never looked at. */
    private static @Nullable Double threshold(Map<String, String> values, String key, @Nullable Double otherwise) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        double value = Double.parseDouble(text);
        return value < 0 ? null : (Double) value;
    }
}
