package gesso.library.preset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings under a name, as {@code docs/preset.schema.json} describes them: some of a request's values, and words about them.
 *
 * @param version of the form; one above {@link #VERSION} was written by a newer Gesso, and is read but not changed
 * @param names by language ({@code en}, {@code zh}); {@code en} is always there
 * @param descriptions likewise; may be empty
 * @param licence an SPDX name such as {@code CC0-1.0}; empty: not said
 * @param model the checkpoint that it was made for; null: any
 * @param settings by the names of {@link gesso.request.RequestValues}. A prompt with {@code {prompt}} in it is put around the
 *     one that is there. Names that this version does not know are kept
 * @param thumbnail a PNG in Base64; empty: none
 * @param unknown other members of the file, kept as they are
 */
public record Preset(
        int version,
        Map<String, String> names,
        Map<String, String> descriptions,
        List<String> tags,
        String author,
        String licence,
        @Nullable Model model,
        Map<String, @Nullable Object> settings,
        String thumbnail,
        Map<String, @Nullable Object> unknown) {
    public static final int VERSION = 1;
    private static final String ENGLISH = "en";

    public Preset {
        if (!names.containsKey(ENGLISH)) {
            throw new IllegalArgumentException("A preset needs an English name.");
        }
        names = ordered(names);
        descriptions = ordered(descriptions);
        tags = List.copyOf(tags);
        settings = ordered(settings);
        unknown = ordered(unknown);
    }

    /**
     * A checkpoint by what is known of it.
     *
     * @param name without ending
     * @param hash the first ten or all 64 hexadecimal digits of its SHA-256; empty: not known
     * @param family such as {@code Stable Diffusion 1.x}; empty: not known
     */
    public record Model(String name, String hash, String family) {}

    /** A new preset of one's own. */
    public static Preset of(String name, Map<String, @Nullable Object> settings) {
        return new Preset(VERSION, Map.of(ENGLISH, name), Map.of(), List.of(), "", "", null, settings, "", Map.of());
    }

    /** The name in a language, else the English one. */
    public String name(String language) {
        return names.getOrDefault(language, names.getOrDefault(ENGLISH, ""));
    }

    /** The description in a language, else the English one, which may be empty. */
    public String description(String language) {
        return descriptions.getOrDefault(language, descriptions.getOrDefault(ENGLISH, ""));
    }

    /** Whether a newer Gesso wrote it: what it means may not all be known here, so it is not written again. */
    public boolean isReadOnly() {
        return version > VERSION;
    }

    public Preset withSettings(Map<String, @Nullable Object> value) {
        return new Preset(version, names, descriptions, tags, author, licence, model, value, thumbnail, unknown);
    }

    public Preset withModel(@Nullable Model value) {
        return new Preset(version, names, descriptions, tags, author, licence, value, settings, thumbnail, unknown);
    }

    public Preset withThumbnail(String base64) {
        return new Preset(version, names, descriptions, tags, author, licence, model, settings, base64, unknown);
    }

    public Preset withWords(String name, String description, List<String> newTags) {
        Map<String, String> called = new LinkedHashMap<>(names);
        called.put(ENGLISH, name);
        Map<String, String> described = new LinkedHashMap<>(descriptions);
        described.put(ENGLISH, description);
        return new Preset(version, called, described, newTags, author, licence, model, settings, thumbnail, unknown);
    }

    private static <V extends @Nullable Object> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
