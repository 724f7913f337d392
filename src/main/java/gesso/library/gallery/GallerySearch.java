package gesso.library.gallery;

import gesso.request.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search, as it is typed: words that the prompt, the tags or the note have all of them ({@code fox snow}; each matches the
 * beginning of a word), {@code "words in a row"}, {@code -without}, and fields: {@code model:dream}, {@code seed:42},
 * {@code rating>3}, {@code cfg>10}, {@code steps<=20}, {@code size:512x512}, {@code width>512}, {@code tag:sky},
 * {@code date:2026-11}. All must hold.
 *
 * @param where a condition in SQL over the table {@code picture}
 * @param values of its question marks: String, Long or Double
 */
record GallerySearch(String where, List<Object> values) {
    static final GallerySearch EVERYTHING = new GallerySearch("1", List.of());

    /** A minus, then a word in quotes, or a field, a comparison and its value, or a word. */
    private static final Pattern TERM = Pattern.compile(
            "\\s*(-?)(?:\"([^\"]*)(\"?)|(\\p{L}+)(>=|<=|:|=|>|<)(?:\"([^\"]*)(\"?)|([^\\s\"]*))|([^\\s\"]+))");

    /** More than anybody types; SQLite takes so many conditions with ease. */
    private static final int MOST_TERMS = 100;

    /**
     * Reads a search.
     *
     * @throws BadInput a sentence, where it says nothing that could be looked for
     */
    static GallerySearch parse(String text) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        String rest = text.replace('：', ':').replace('\0', ' ').strip();
        Matcher term = TERM.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            term.region(at, rest.length());
            if (!term.lookingAt() || term.end() == at) {
                break;
            }
            at = term.end();
            if (conditions.size() == MOST_TERMS) {
                throw new BadInput("A search may have %d words; use fewer.".formatted(MOST_TERMS));
            }
            GallerySearch one = term(term);
            conditions.add((term.group(1).isEmpty() ? "" : "NOT ") + "(" + one.where() + ")");
            values.addAll(one.values());
        }
        return conditions.isEmpty() ? EVERYTHING : new GallerySearch(String.join(" AND ", conditions), values);
    }

    private static GallerySearch term(Matcher term) {
        if (term.group(2) != null) {
            closed(term.group(3), term.group(2));
            return SearchWords.anywhere(term.group(2));
        }
        if (term.group(4) != null) {
            String quoted = term.group(6);
            if (quoted != null) {
                closed(term.group(7), quoted);
            }
            String value = quoted == null ? term.group(8) : quoted;
            return SearchField.named(term.group(4)).condition(term.group(5), value);
        }
        return SearchWords.anywhere(term.group(9));
    }

    private static void closed(String quote, String text) {
        if (quote.isEmpty()) {
            throw new BadInput("The quote before \"%s\" has no end; close it.".formatted(text.strip()));
        }
    }
}
