package gesso.library.preset;

import gesso.library.Json;
import gesso.request.BadInput;
import gesso.request.InvalidRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A preset as JSON ({@code docs/preset.schema.json}). What this version does not know stays in the file. */
public final class PresetText {
    /** Says that a JSON is a preset, and of which version. */
    static final String MARK = "gesso-preset";

    /** A preset with its thumbnail takes some hundred kilobytes. */
    static final int LONGEST = 8 << 20;

    private final Map<String, @Nullable Object> members;

    private PresetText(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    public static String write(Preset preset) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put(MARK, preset.version());
        out.put("name", words(preset.names()));
        putUnlessEmpty(out, "description", preset.descriptions().isEmpty() ? "" : words(preset.descriptions()));
        if (!preset.tags().isEmpty()) {
            out.put("tags", preset.tags());
        }
        putUnlessEmpty(out, "author", preset.author());
        putUnlessEmpty(out, "licence", preset.licence());
        Preset.Model model = preset.model();
        if (model != null) {
            Map<String, @Nullable Object> told = new LinkedHashMap<>();
            told.put("name", model.name());
            putUnlessEmpty(told, "hash", model.hash());
            putUnlessEmpty(told, "family", model.family());
            out.put("model", told);
        }
        out.put("settings", preset.settings());
        putUnlessEmpty(out, "thumbnail", preset.thumbnail());
        preset.unknown().forEach(out::putIfAbsent);
        return Json.pretty(out) + "\n";
    }

    /** English alone is written without saying so. */
    private static Object words(Map<String, String> byLanguage) {
        return byLanguage.size() == 1 && byLanguage.containsKey("en") ? byLanguage.getOrDefault("en", "") : byLanguage;
    }

    private static void putUnlessEmpty(Map<String, @Nullable Object> out, String name, Object value) {
        if (!value.equals("")) {
            out.put(name, value);
        }
    }

    /** Whether a JSON object is one of Gesso's presets. */
    static boolean isPreset(Map<String, ?> members) {
        return members.containsKey(MARK);
    }

    /**
     * Reads a preset.
     *
     * @throws InvalidRequest naming the field, where a value is of a wrong kind or out of its range
     * @throws BadInput where the text is no preset
     */
    public static Preset read(String json) {
        if (json.length() > LONGEST) {
            throw new BadInput("This file is too large to be a preset.");
        }
        Map<String, @Nullable Object> members =
                new LinkedHashMap<>(Json.readObject(json.startsWith("\uFEFF") ? json.substring(1) : json));
        if (!isPreset(members)) {
            throw new BadInput("This is no preset of Gesso: \"%s\" is missing.".formatted(MARK));
        }
        return new PresetText(members).preset();
    }

    private Preset preset() {
        int version = version();
        Map<String, String> names = words("name");
        if (names.isEmpty()) {
            throw new InvalidRequest("name", "A preset needs a name.");
        }
        names.putIfAbsent("en", names.values().iterator().next());
        Map<String, String> descriptions = words("description");
        Map<String, @Nullable Object> settings = object("settings");
        if (version <= Preset.VERSION) {
            PresetValues.check(settings);
        }
        return new Preset(
                version,
                names,
                descriptions,
                tags(),
                text("author"),
                text("licence"),
                model(),
                settings,
                thumbnail(),
                members);
    }

    private int version() {
        Object value = members.remove(MARK);
        if (value instanceof Integer version && version >= 1) {
            return version;
        }
        throw new InvalidRequest(MARK, "\"%s\" must be the number of a version, from 1.".formatted(MARK));
    }

    private Map<String, String> words(String name) {
        Object value = members.remove(name);
        Map<String, String> words = new LinkedHashMap<>();
        if (value instanceof String text) {
            words.put("en", text);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((language, text) -> words.put(String.valueOf(language), asText(name, text)));
        } else if (value != null) {
            throw wrong(name, "a text, or texts by language");
        }
        words.values().removeIf(String::isBlank);
        return words;
    }

    private List<String> tags() {
        Object value = members.remove("tags");
        List<String> tags = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(tag -> tags.add(asText("tags", tag)));
        } else if (value != null) {
            throw wrong("tags", "a list of texts");
        }
        return tags;
    }

    private Preset.@Nullable Model model() {
        if (members.get("model") == null) {
            members.remove("model");
            return null;
        }
        Map<String, @Nullable Object> told = object("model");
        return new Preset.Model(
                asText("model", told.getOrDefault("name", "")),
                asText("model", told.getOrDefault("hash", "")),
                asText("model", told.getOrDefault("family", "")));
    }

    private String thumbnail() {
        String text = text("thumbnail");
        try {
            byte[] unused = Base64.getDecoder().decode(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("thumbnail", "\"thumbnail\" must be a PNG in Base64.");
        }
    }

    private String text(String name) {
        Object value = members.remove(name);
        return value == null ? "" : asText(name, value);
    }

    private Map<String, @Nullable Object> object(String name) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (!(members.remove(name) instanceof Map<?, ?> map)) {
            throw wrong(name, "an object, {…}");
        }
        map.forEach((key, value) -> object.put(String.valueOf(key), value));
        return object;
    }

    private static String asText(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, "a text in quotes");
    }

    private static InvalidRequest wrong(String name, String wanted) {
        return new InvalidRequest(name, "\"%s\" must be %s.".formatted(name, wanted));
    }
}
