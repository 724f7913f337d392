package gesso.weights;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text between two quotes of JSON: strict UTF-8, every escape known, every character whole. */
final class JsonText {
    private JsonText() {}

    static String decode(byte[] bytes, int start, int end, boolean escaped) throws Malformed {
        String text = utf8(bytes, start, end);
        return escaped ? unescape(text, start) : text;
    }

    private static String utf8(byte[] bytes, int start, int end) throws Malformed {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') < 0) {
            return text;
        }
        // Either the text holds that very character, or something that could not be read stands behind it.
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
            return text;
        } catch (CharacterCodingException e) {
            throw new Malformed("a text is not UTF-8 at byte " + start);
        }
    }

    private static String unescape(String raw, int place) throws Malformed {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (raw.charAt(++i) == 'u') {
                text.append(code(raw, i + 1, place));
                i += 4;
            } else {
                text.append(plain(raw.charAt(i), place));
            }
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
                throw new Malformed("half a character in the text at byte " + place);
            }
        }
        return text.toString();
    }

    private static char plain(char escape, int place) throws Malformed {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new Malformed("a bad escape in the text at byte " + place);
        };
    }

    private static char code(String raw, int start, int place) throws Malformed {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < raw.length() && raw.charAt(i) < 0x80 ? Character.digit(raw.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new Malformed("a bad escape in the text at byte " + place);
            }
            code = (code << 4) | digit;
        }
        return (char) code;
    }
}
