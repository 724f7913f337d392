package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.Infotext;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Gathers another program's settings under A1111's keys. Empty values are left out; the first value for a key stays. */
final class SettingsBuilder {
    private String prompt = "";
    private String negative = "";
    private final Map<String, String> settings = new LinkedHashMap<>();

    Infotext build() {
        return new Infotext(prompt, negative, settings);
    }

    SettingsBuilder prompts(String positive, String left) {
        prompt = positive.strip();
        negative = left.strip();
        return this;
    }

    /** A LoRA, as A1111's prompts have it, unless the prompt names it already. */
    SettingsBuilder lora(String name, double unet, double text) {
        String stem = stem(name);
        if (!stem.isEmpty() && !prompt.contains("<lora:" + stem + ":")) {
            String strength = unet == text ? number(unet) : number(text) + ":" + number(unet);
            prompt = (prompt + " <lora:" + stem + ":" + strength + ">").strip();
        }
        return this;
    }

    SettingsBuilder put(String key, String value) {
        if (!value.isBlank()) {
            settings.putIfAbsent(key, value.strip());
        }
        return this;
    }

    SettingsBuilder put(String key, JsonNode value) {
        return put(key, text(value));
    }

    SettingsBuilder size(JsonNode width, JsonNode height) {
        int w = width.asInt();
        int h = height.asInt();
        return w > 0 && h > 0 ? put("Size", w + "x" + h) : this;
    }

    /** Everything else that an object has, under its own names. */
    SettingsBuilder rest(JsonNode object, Set<String> known) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                put(key(field.getKey()), text(field.getValue()));
            }
        }
        return this;
    }

    /** A key that A1111's grammar takes: at least two letters, digits, spaces, {@code - / _}. */
    static String key(String name) {
        String clean = name.replaceAll("[^\\p{L}\\p{N}_ \\-/]", " ")
                .replaceAll("^[ \\-/]+", "")
                .strip();
        return clean.codePointCount(0, clean.length()) > 1 ? clean : "Setting " + clean;
    }

    /** A scalar as infotext writes it, anything else as JSON; nothing for null and empty things. */
    static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            return "";
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        if (value.isFloatingPointNumber()) {
            return number(value.asDouble());
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        if (whole || !Double.isFinite(value)) {
            return whole ? Long.toString((long) value) : "";
        }
        return BigDecimal.valueOf(value).toPlainString();
    }

    /** A model's name out of a path: no folders, no ending. */
    static String stem(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.replaceFirst("(?i)\\.(safetensors|ckpt|pt|pth|bin|sft|gguf)$", "");
    }
}
