package gesso.ui.common;

import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be done in the window: by its key, and by its name in the palette.
 *
 * @param words the key of its words, which may say more than its name after a bracket, a colon or a semicolon
 * @param keys null: it has none
 * @param where who listens to its key
 * @param available whether it would do anything now
 */
public record Command(
        String words, @Nullable KeyCombination keys, Where where, BooleanSupplier available, Runnable action) {
    private static final Pattern MORE = Pattern.compile("\\s*[(:;（：；].*$", Pattern.DOTALL);

    /** Who listens to a command's key. */
    public enum Where {
        /** The window, before whatever has the focus. */
        FIRST,
        /** The window, after whatever has the focus. */
        LAST,
        /** The window, unless text is being typed. */
        UNLESS_TYPING,
        /** The part that the command belongs to, or nobody. */
        ELSEWHERE
    }

    /** One that is always available and has no key of the window's. */
    public static Command of(String words, Runnable action) {
        return new Command(words, null, Where.ELSEWHERE, () -> true, action);
    }

    /** Its name in a language. */
    public String name(Words all, Language language) {
        return name(all.in(language, words));
    }

    /** The part of a hint that names what it is the hint of. */
    public static String name(String hint) {
        return MORE.matcher(hint).replaceFirst("");
    }

    /** Its key, as the desktop writes it; empty where it has none. */
    public String shortcut() {
        return keys == null ? "" : keys.getDisplayText();
    }
}
