package gesso.image.metadata;

import java.util.ArrayList;
import java.util.List;

/**
 * The pairs of an infotext's last line. The grammar is A1111's pattern
 * {@code \s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)}, searched for again and again; it is walked by hand, in one pass, because a
 * long line would take a pattern matcher's stack.
 */
final class InfotextPairs {
    record Pair(String key, String value) {}

    private final String line;
    private final List<Pair> found = new ArrayList<>();

    private InfotextPairs(String line) {
        this.line = line;
    }

    static List<Pair> of(String line) {
        InfotextPairs pairs = new InfotextPairs(line);
        int at = 0;
        while (at < line.length()) {
            at = pairs.next(at);
        }
        return pairs.found;
    }

    /** Takes the first pair at or after a place, if there is one before the next thing that is no key; gives the place to go on. */
    private int next(int from) {
        int start = from;
        while (start < line.length() && !isWord(line.codePointAt(start))) {
            start += Character.charCount(line.codePointAt(start));
        }
        int end = start;
        while (end < line.length() && isKey(line.codePointAt(end))) {
            end += Character.charCount(line.codePointAt(end));
        }
        boolean key = end < line.length() && line.charAt(end) == ':' && line.codePointCount(start, end) > 1;
        return key ? value(line.substring(start, end), end + 1) : Math.max(end, start + 1);
    }

    private int value(String key, int from) {
        int start = from;
        while (start < line.length() && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        int end = quotedEnd(start);
        if (end >= 0) {
            String raw = line.substring(start, end);
            String plain = JsonString.decode(raw);
            found.add(new Pair(key, plain == null ? raw : plain));
        } else {
            int comma = line.indexOf(',', start);
            end = comma < 0 ? line.length() : comma;
            found.add(new Pair(key, line.substring(start, end)));
        }
        return end + 1;
    }

    /** The end of a quoted value that is followed by a comma or the line's end; -1 if there is none here. */
    private int quotedEnd(int start) {
        if (start >= line.length() || line.charAt(start) != '"') {
            return -1;
        }
        int at = start + 1;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        int end = at + 1;
        boolean closed = at < line.length() && at > start + 1;
        return closed && (end == line.length() || line.charAt(end) == ',') ? end : -1;
    }

    private static boolean isWord(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || c == '_'
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean isKey(int c) {
        return c == ' ' || c == '-' || c == '/' || isWord(c);
    }

    static String quoted(String value) {
        boolean plain = value.indexOf(',') < 0
                && value.indexOf('\n') < 0
                && value.indexOf(':') < 0
                && !value.startsWith("\"")
                && value.equals(value.strip());
        return plain ? value : JsonString.encode(value);
    }
}
