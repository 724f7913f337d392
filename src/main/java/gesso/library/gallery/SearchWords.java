package gesso.library.gallery;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;

/**
 * Words as the index keeps them and looks for them. Scripts that are written without spaces are kept character by character,
 * so that any part of a sentence in them is found.
 */
final class SearchWords {
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

    /** Pictures whose prompt, tags or note have these words in a row, the last one perhaps only begun. */
    static GallerySearch anywhere(String words) {
        return in("{prompt tags note}", "prompt", words);
    }

    /** The same in one column. */
    static GallerySearch in(String columns, String plain, String words) {
        if (words.codePoints().noneMatch(Character::isLetterOrDigit)) {
            // Signs alone are no words to the index.
            return new GallerySearch("instr(" + plain + ", ?) > 0", List.of(words));
        }
        String phrase = "\"" + spaced(words).strip().replace("\"", "\"\"").toLowerCase(Locale.ROOT) + "\"*";
        return new GallerySearch(
                "id IN (SELECT rowid FROM words WHERE words MATCH ?)", List.of(columns + " : " + phrase));
    }
}
