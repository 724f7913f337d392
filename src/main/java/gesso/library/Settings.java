package gesso.library;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user has chosen for good. Immutable; kept by {@link SettingsFile}.
 *
 * @param language {@code en} or {@code zh}; empty: the system's
 * @param theme {@code light} or {@code dark}; empty: the system's
 * @param pictures where finished pictures go; null: the usual folder
 * @param modelFolders searched for models besides the usual folders, in this order
 * @param lastModel the checkpoint used last; null: none yet
 * @param device {@code auto}, {@code cpu}, {@code cuda} …
 * @param state what views remember (values of controls, sizes of panels …), by the view's name; JSON values
 * @param unknown fields that this version does not know: kept, so that a newer one finds them again
 */
public record Settings(
        String language,
        String theme,
        @Nullable Path pictures,
        List<Path> modelFolders,
        @Nullable Path lastModel,
        String device,
        Map<String, @Nullable Object> state,
        Map<String, @Nullable Object> unknown) {
    public static final Set<String> LANGUAGES = Set.of("", "en", "zh");
    public static final Set<String> THEMES = Set.of("", "light", "dark");

    public static final Settings DEFAULT = new Settings("", "", null, List.of(), null, "auto", Map.of(), Map.of());

    public Settings {
        if (!LANGUAGES.contains(language) || !THEMES.contains(theme)) {
            throw new IllegalArgumentException(language + " " + theme);
        }
        modelFolders = List.copyOf(modelFolders);
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    }

    public Settings withLanguage(String value) {
        return new Settings(value, theme, pictures, modelFolders, lastModel, device, state, unknown);
    }

    public Settings withTheme(String value) {
        return new Settings(language, value, pictures, modelFolders, lastModel, device, state, unknown);
    }

    public Settings withPictures(@Nullable Path value) {
        return new Settings(language, theme, value, modelFolders, lastModel, device, state, unknown);
    }

    public Settings withModelFolders(List<Path> value) {
        return new Settings(language, theme, pictures, value, lastModel, device, state, unknown);
    }

    public Settings withLastModel(@Nullable Path value) {
        return new Settings(language, theme, pictures, modelFolders, value, device, state, unknown);
    }

    public Settings withDevice(String value) {
        return new Settings(language, theme, pictures, modelFolders, lastModel, value, state, unknown);
    }

    /** What one view remembers: a Map, List, String, Number, Boolean or null (forgotten). */
    public Settings withState(String view, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(state);
        if (value == null) {
            changed.remove(view);
        } else {
            changed.put(view, value);
        }
        return new Settings(language, theme, pictures, modelFolders, lastModel, device, changed, unknown);
    }
}
