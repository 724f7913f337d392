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
 * @param match words that are looked for, in FTS5's grammar; empty: any
 * @param where a condition in SQL over the table {@code picture}; empty: any
 * @param values of its question marks: String, Long or Double
 */
record GallerySearch(String match, String where, List<Object> values) {
    /** A condition that is none of words. */
    GallerySearch(String where, List<Object> values) {
        this("", where, values);
    }

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
        List<String> words = new ArrayList<>();
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
            if (conditions.size() + words.size() == MOST_TERMS) {
                throw new BadInput("A search may have %d words; use fewer.".formatted(MOST_TERMS));
            }
            boolean without = !term.group(1).isEmpty();
            GallerySearch one = term(term);
            if (!one.match().isEmpty() && !without) {
                words.add(one.match());
            } else if (!one.match().isEmpty()) {
                conditions.add("picture.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)");
                values.add(one.match());
            } else {
                // What is not known of a picture is not so.
                conditions.add((without ? "NOT ifnull(" : "ifnull(") + one.where() + ", 0)");
                values.addAll(one.values());
            }
        }
        return new GallerySearch(String.join(" AND ", words), String.join(" AND ", conditions), values);
    }

    private static GallerySearch term(Matcher term) {
        if (term.group(2) != null) {
            closed(term.group(3), term.group(2));
            return words(term.group(2));
        }
        if (term.group(4) != null) {
            String quoted = term.group(6);
            if (quoted != null) {
                closed(term.group(7), quoted);
            }
            String value = quoted == null ? term.group(8) : quoted;
            return SearchField.named(term.group(4)).condition(term.group(5), value);
        }
        return words(term.group(9));
    }

    private static GallerySearch words(String words) {
        return SearchWords.isWord(words)
                ? new GallerySearch(SearchWords.phrase(words), "", List.of())
                : SearchField.contains("prompt", words);
    }

    /**
     * The ids that are found, and how many pictures each stands for, as a query.
     *
     * @param columns of it, in SQL
     */
    String ids(String columns) {
        String from = match.isEmpty() ? "picture" : "words CROSS JOIN picture ON picture.id = words.rowid";
        if (!match.isEmpty() && where.isEmpty() && !columns.contains("job")) {
            return "SELECT %s FROM words WHERE words MATCH ?".formatted(columns.replace("picture.id", "words.rowid"));
        }
        String condition = match.isEmpty() ? where : where.isEmpty() ? "words MATCH ?" : "words MATCH ? AND " + where;
        return "SELECT %s FROM %s WHERE %s".formatted(columns, from, condition.isEmpty() ? "1" : condition);
    }

    /** For the question marks of {@link #ids}, and more after them. */
    List<Object> with(Object... more) {
        List<Object> all = new ArrayList<>();
        if (!match.isEmpty()) {
            all.add(match);
        }
        all.addAll(values);
        all.addAll(List.of(more));
        return all;
    }

    private static void closed(String quote, String text) {
        if (quote.isEmpty()) {
            throw new BadInput("The quote before \"%s\" has no end; close it.".formatted(text.strip()));
        }
    }
}
