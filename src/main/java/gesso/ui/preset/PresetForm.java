package gesso.ui.preset;

import gesso.request.Labelled;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import gesso.ui.generate.RecipeModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a preset's values, under the names of {@link gesso.request.RequestValues}, to the window's controls. */
final class PresetForm {
    /** Where the names differ; a size is two controls. */
    private static final Map<String, List<String>> CONTROLS = Map.of(
            "negative", List.of("negative-prompt"),
            "size", List.of("width", "height"),
            "hires-size", List.of("hires-width", "hires-height"),
            "hires-negative", List.of("hires-negative-prompt"),
            "seed-resize", List.of("seed-resize-width", "seed-resize-height"),
            "discard-penultimate-sigma", List.of("discard-penultimate"));

    private static final String SD_UPSCALE = "sd-upscale";
    private static final String DENOISE = "denoise";
    private static final String REWORK_DENOISE = "rework-denoise";

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    PresetForm(RecipeModel recipe) {
        recipe.settings().forEach(setting -> settings.put(setting.name(), setting));
    }

    /** A control and the text that it is to take. */
    record Value(Setting setting, String text, String shown) {
        /** Whether it says something else now. */
        boolean differs() {
            String now = setting.write();
            if (setting instanceof NumberSetting && !now.isBlank() && !text.isBlank()) {
                try {
                    return new BigDecimal(now.strip().replace(',', '.')).compareTo(new BigDecimal(text)) != 0;
                } catch (NumberFormatException e) {
                    return true; // what is typed there is no number
                }
            }
            return !now.equals(text);
        }
    }

    /**
     * What a value means to the controls; empty where the window has none for it, or none with that choice.
     *
     * @param hires whether the preset is of a second pass: its denoising strength is that pass's
     */
    Optional<List<Value>> values(String name, @Nullable Object value, boolean hires) {
        if (name.equals(SD_UPSCALE)) {
            return sdUpscale(value);
        }
        List<String> names =
                name.equals(DENOISE) && !hires ? List.of(REWORK_DENOISE) : CONTROLS.getOrDefault(name, List.of(name));
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Setting setting = settings.get(names.get(i));
            Object part = names.size() == 2 && value instanceof String both ? part(both, i) : value;
            String text = setting == null ? null : text(setting, part);
            if (setting == null || text == null) {
                return Optional.empty();
            }
            values.add(new Value(setting, text, setting instanceof ChoiceSetting<?> ? String.valueOf(part) : text));
        }
        return Optional.of(values);
    }

    /** A factor, or none: which is a control of its own. */
    private Optional<List<Value>> sdUpscale(@Nullable Object factor) {
        Setting on = settings.get(SD_UPSCALE + "-on");
        Setting number = settings.get(SD_UPSCALE);
        if (on == null || number == null) {
            return Optional.empty();
        }
        String is = String.valueOf(factor != null);
        List<Value> values = new ArrayList<>(List.of(new Value(on, is, is)));
        String text = factor == null ? null : text(number, factor);
        if (text != null) {
            values.add(new Value(number, text, text));
        }
        return Optional.of(values);
    }

    private static String part(String both, int which) {
        String[] parts = both.split("[x×]", -1);
        return which < parts.length ? parts[which].strip() : "";
    }

    private static @Nullable String text(Setting setting, @Nullable Object value) {
        if (setting instanceof ChoiceSetting<?> choice) {
            return written(choice, value == null ? "" : String.valueOf(value));
        }
        if (setting instanceof ToggleSetting) {
            return String.valueOf(Boolean.TRUE.equals(value));
        }
        if (setting instanceof NumberSetting && value instanceof Number number) {
            boolean random = setting.name().endsWith("seed") && number.longValue() == -1;
            return random
                    ? ""
                    : new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value == null ? "" : String.valueOf(value);
    }

    private static <T> @Nullable String written(ChoiceSetting<T> setting, String label) {
        for (T choice : setting.choices()) {
            if (label(choice).equalsIgnoreCase(label)) {
                return setting.textOf(choice);
            }
        }
        return null;
    }

    private static String label(@Nullable Object choice) {
        Object plain = choice instanceof Optional<?> optional ? optional.orElse(null) : choice;
        return plain instanceof Labelled labelled ? labelled.label() : plain == null ? "" : String.valueOf(plain);
    }

    /** A control's value as it is shown. */
    static String shown(Setting setting) {
        return setting instanceof ChoiceSetting<?> choice ? label(choice.get()) : setting.write();
    }

    /** The words of a control's name. */
    static String key(Setting setting) {
        return setting.name().equals(REWORK_DENOISE) ? DENOISE : setting.name();
    }
}
