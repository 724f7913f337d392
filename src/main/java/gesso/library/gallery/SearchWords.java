package gesso.library.gallery;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words as the index keeps them and looks for them. Scripts that are written without spaces are kept character by character,
 * so that any part of a sentence in them is found.
 */
final class SearchWords {
    /** A private character, which the index takes for a word. */
    private static final String BETWEEN = " \uE000 ";

    private SearchWords() {}

    /** A text for the index. */
    static String spaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (hasNoSpaces(c)) {
                out.append(' ').appendCodePoint(c).append(' ');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean hasNoSpaces(int character) {
        if (character < 0x0e00) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || script == UnicodeScript.THAI;
    }

    /** What is searched of a picture without naming a field. Nothing said in a row goes beyond one of the texts. */
    static String together(String prompt, List<String> tags, String note) {
        List<String> all = new ArrayList<>();
        all.add(prompt);
        all.addAll(tags);
        all.add(note);
        return spaced(String.join(BETWEEN, all));
    }

    /** Whether there is anything in it that the index has for a word; signs alone are none. */
    static boolean isWord(String words) {
        return words.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** These words in a row, the last one perhaps only begun, in FTS5's grammar. */
    static String phrase(String words) {
        return "\"" + spaced(words).strip().replace("\"", "\"\"").toLowerCase(Locale.ROOT) + "\"*";
    }
}
