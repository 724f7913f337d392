package gesso.ui.palette;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds by typed words: each must begin a word of the name, or be in it. */
final class Finder {
    /** Not all of what is there, but more than a list shows. */
    private static final int MOST = 60;

    private Finder() {}

    /** The best first; all, in their own order, while nothing is typed. */
    static List<Entry> find(List<Entry> all, String typed) {
        List<String> words = Arrays.stream(
                        typed.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return all.stream()
                .filter(entry -> rank(entry, words) < Integer.MAX_VALUE)
                .sorted(Comparator.comparingInt(entry -> rank(entry, words)))
                .limit(MOST)
                .toList();
    }

    private static int rank(Entry entry, List<String> words) {
        return Math.min(rank(entry.name(), words), rank(entry.otherName(), words));
    }

    /** 0 where the name begins with what is typed; more, the less it does; the largest number where it does not fit. */
    private static int rank(String name, List<String> words) {
        String lower = name.toLowerCase(Locale.ROOT);
        int rank = 0;
        for (String word : words) {
            int at = lower.indexOf(word);
            if (at < 0) {
                return Integer.MAX_VALUE;
            }
            boolean begins = at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1));
            rank += at == 0 ? 0 : begins ? 1 : 2;
        }
        return rank;
    }
}
