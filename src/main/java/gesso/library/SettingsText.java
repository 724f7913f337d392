package gesso.library;

import gesso.request.BadInput;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings as JSON. A field with a wrong value falls back alone, with a notice; fields that are not known are kept. */
final class SettingsText {
    private final Map<String, @Nullable Object> fields;
    private final List<String> notices;

    private SettingsText(Map<String, @Nullable Object> fields, List<String> notices) {
        this.fields = fields;
        this.notices = notices;
    }

    static String write(Settings settings) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("language", settings.language());
        out.put("theme", settings.theme());
        out.put("pictures", text(settings.pictures()));
        out.put(
                "modelFolders",
                settings.modelFolders().stream().map(Path::toString).toList());
        out.put("lastModel", text(settings.lastModel()));
        out.put("device", settings.device());
        out.put("state", settings.state());
        settings.unknown().forEach(out::putIfAbsent);
        return Json.pretty(out) + "\n";
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    /**
     * Reads them.
     *
     * @param notices gets a sentence for each field that could not be used
     * @throws BadInput where the text as a whole is no settings
     */
    static Settings read(String json, List<String> notices) {
        return new SettingsText(new LinkedHashMap<>(Json.readObject(json)), notices).settings();
    }

    private Settings settings() {
        return new Settings(
                choice("language", Settings.LANGUAGES),
                choice("theme", Settings.THEMES),
                path("pictures", fields.remove("pictures")),
                folders(),
                path("lastModel", fields.remove("lastModel")),
                device(),
                state(),
                fields);
    }

    private String choice(String field, Set<String> allowed) {
        Object value = fields.remove(field);
        if (value instanceof String text && allowed.contains(text)) {
            return text;
        }
        return value == null ? "" : wrong(field, value, "");
    }

    private String device() {
        Object value = fields.remove("device");
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        return value == null ? Settings.DEFAULT.device() : wrong("device", value, Settings.DEFAULT.device());
    }

    private @Nullable Path path(String field, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                wrong(field, text, "");
            }
        } else if (value != null) {
            wrong(field, value, "");
        }
        return null;
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        Object value = fields.remove("modelFolders");
        if (value instanceof List<?> list) {
            for (Object each : list) {
                Path folder = path("modelFolders", each);
                if (folder != null) {
                    folders.add(folder);
                }
            }
        } else if (value != null) {
            wrong("modelFolders", value, "");
        }
        return folders;
    }

    private Map<String, @Nullable Object> state() {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        Object value = fields.remove("state");
        if (value instanceof Map<?, ?> map) {
            map.forEach((view, remembered) -> state.put(String.valueOf(view), remembered));
        } else if (value != null) {
            wrong("state", value, "");
        }
        return state;
    }

    private String wrong(String field, Object value, String instead) {
        notices.add("The setting \"%s\" has a value that cannot be used (%s); its usual value is used instead."
                .formatted(field, Json.line(value)));
        return instead;
    }
}
