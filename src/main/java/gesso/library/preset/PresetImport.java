package gesso.library.preset;

import gesso.image.metadata.PictureMetadata;
import gesso.library.Json;
import gesso.prompt.Styles;
import gesso.request.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Presets from files: Gesso's JSON, cards and ZIPs; A1111's {@code styles.csv}, {@code ui-config.json} and {@code config.json};
 * presets and styles of Fooocus; styles of InvokeAI and of Krita's AI plug-in. Told apart by what is in them.
 */
public final class PresetImport {
    private PresetImport() {}

    /** Whether a file is one of these by its name: what a drop on the window is asked first. */
    public static boolean mayBe(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".csv") || name.endsWith(".zip") || isCard(file);
    }

    /** Whether a picture has a preset inside, whatever is wrong with that preset. */
    public static boolean isCard(Path file) {
        try {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".png")
                    && PictureMetadata.read(file).texts().containsKey(PresetCard.KEYWORD);
        } catch (BadInput e) {
            return false;
        }
    }

    /**
     * The presets in a file, at least one.
     *
     * @throws BadInput where there is none, or one cannot be used
     */
    public static List<Preset> read(Path file) {
        String name = String.valueOf(file.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".zip")) {
            return PresetZip.read(file);
        }
        if (lower.endsWith(".png")) {
            Optional<Preset> card = PresetCard.read(file);
            return List.of(card.orElseThrow(() -> new BadInput("%s is no preset card.".formatted(name))));
        }
        return read(text(file, name), name);
    }

    private static String text(Path file, String name) {
        try {
            if (Files.size(file) > PresetText.LONGEST) {
                throw new BadInput("%s is too large to hold presets.".formatted(name));
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new BadInput("%s cannot be read as text.".formatted(name), e);
        }
    }

    /**
     * The presets in a text.
     *
     * @param name the file's, for those that have none of their own and for what is wrong
     */
    static List<Preset> read(String text, String name) {
        List<Preset> presets =
                name.toLowerCase(Locale.ROOT).endsWith(".csv") ? styles(text) : json(Json.read(text), text, stem(name));
        if (presets.isEmpty()) {
            throw new BadInput("There is no preset in %s.".formatted(name));
        }
        presets.forEach(preset -> PresetValues.check(preset.settings()));
        return presets;
    }

    private static List<Preset> json(@Nullable Object value, String text, String stem) {
        if (value instanceof List<?> list) {
            return styleList(list);
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), member));
        }
        if (PresetText.isPreset(members)) {
            return List.of(PresetText.read(text));
        }
        if (KritaStyle.isOne(members)) {
            return List.of(KritaStyle.read(members, stem));
        }
        if (FooocusPreset.isOne(members)) {
            return List.of(FooocusPreset.read(members, stem));
        }
        if (members.containsKey("positive_prompt") || members.containsKey("preset_data")) {
            return styleList(List.of(members));
        }
        return A1111Defaults.read(members, stem);
    }

    /** A1111's: each becomes a preset that is put around, or after, the prompt that is there. */
    private static List<Preset> styles(String csv) {
        List<Preset> presets = new ArrayList<>();
        for (Styles.Style style : Styles.parse(csv).all()) {
            presets.add(style(style.name(), style.prompt(), style.negativePrompt()));
        }
        return presets;
    }

    /** Lists of Fooocus ({@code prompt}) and InvokeAI ({@code positive_prompt}, or within {@code preset_data}). */
    private static List<Preset> styleList(List<?> list) {
        List<Preset> presets = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> style && style.get("name") instanceof String name) {
                Map<?, ?> texts = style.get("preset_data") instanceof Map<?, ?> data ? data : style;
                presets.add(style(
                        name,
                        string(texts.get("positive_prompt"), string(texts.get("prompt"), "")),
                        string(texts.get("negative_prompt"), "")));
            }
        }
        return presets;
    }

    private static Preset style(String name, String prompt, String negative) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        putStyle(settings, "prompt", prompt);
        putStyle(settings, "negative", negative);
        return Preset.of(name, settings).withWords(name, "", List.of("style"));
    }

    /** A style without a place for the prompt stands after it, as those programs have it. */
    static void putStyle(Map<String, @Nullable Object> settings, String name, String text) {
        String plain = text.strip();
        if (!plain.isEmpty()) {
            settings.put(name, plain.contains("{prompt}") ? plain : "{prompt}, " + plain);
        }
    }

    static String string(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
