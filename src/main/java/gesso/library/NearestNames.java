package gesso.library;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that someone may have meant. */
public final class NearestNames {
    private static final int MOST = 3;
    private static final int LONGEST = 60;

    private NearestNames() {}

    /** Up to three, the nearest first; none where nothing is near. */
    public static List<String> of(String wanted, Collection<String> names) {
        String asked = cut(wanted);
        return names.stream()
                .distinct()
                .filter(name -> distance(asked, cut(name)) <= Math.max(2, asked.length() / 3)
                        || (asked.length() > 2 && cut(name).contains(asked)))
                .sorted(Comparator.comparingInt((String name) -> distance(asked, cut(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    private static String cut(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() <= LONGEST ? lower : lower.substring(0, LONGEST);
    }

    /** Levenshtein's: letters added, left out or changed. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
