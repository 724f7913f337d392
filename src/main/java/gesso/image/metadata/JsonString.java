package gesso.image.metadata;

import org.jspecify.annotations.Nullable;

/** One string as JSON writes it, with everything beyond ASCII as it is: how infotext quotes a value. */
final class JsonString {
    private static final String SHORT = "\"\\\b\f\n\r\t";
    private static final String LETTERS = "\"\\bfnrt";

    private JsonString() {}

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int known = SHORT.indexOf(c);
            if (known >= 0) {
                out.append('\\').append(LETTERS.charAt(known));
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** null: no JSON string. */
    static @Nullable String decode(String json) {
        int end = json.length() - 1;
        if (end < 1 || json.charAt(0) != '"' || json.charAt(end) != '"') {
            return null;
        }
        StringBuilder out = new StringBuilder(json.length());
        int at = 1;
        while (at < end) {
            char c = json.charAt(at);
            if (c < ' ' || c == '"') {
                return null;
            }
            char letter = json.charAt(at + 1);
            int known = LETTERS.indexOf(letter);
            int code = letter == 'u' && at + 5 < end ? hex(json, at + 2) : -1;
            if (c != '\\') {
                out.append(c);
                at++;
            } else if (at + 1 < end && (known >= 0 || letter == '/')) {
                out.append(known >= 0 ? SHORT.charAt(known) : '/');
                at += 2;
            } else if (code >= 0) {
                out.append((char) code);
                at += 6;
            } else {
                return null;
            }
        }
        return out.toString();
    }

    private static int hex(String text, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
