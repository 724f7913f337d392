package gesso.weights;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks over strict JSON (RFC 8259) in UTF-8, building nothing that nobody asked for: a header of weights may be many
 * megabytes. Every departure from the grammar, a repeated name included, is a {@link Malformed} with the place.
 */
final class JsonCursor {
    private static final int MAX_DEPTH = 32;

    private final byte[] bytes;
    private int at;
    private int depth;

    JsonCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What to do with one member; it must read exactly the member's value. */
    interface Member {
        void read(String name) throws Malformed;
    }

    /** Reads an object; no name may come twice. */
    void object(Member member) throws Malformed {
        enter('{');
        Set<String> names = new HashSet<>();
        if (next() != '}') {
            do {
                String name = string();
                if (!names.add(name)) {
                    throw new Malformed("the name " + quoted(name) + " comes twice");
                }
                expect(':');
                member.read(name);
            } while (comma('}'));
        }
        leave('}');
    }

    /** Reads a list of whole numbers from 0 to 2⁶³−1. */
    long[] naturals() throws Malformed {
        List<Long> values = new ArrayList<>();
        enter('[');
        if (next() != ']') {
            do {
                values.add(natural());
            } while (comma(']'));
        }
        leave(']');
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private long natural() throws Malformed {
        next();
        int start = at;
        long value = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            int digit = bytes[at++] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw new Malformed("a number is too large at byte " + start);
            }
            value = value * 10 + digit;
        }
        boolean leadingZero = at - start > 1 && bytes[start] == '0';
        boolean fraction = at < bytes.length && (bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E');
        if (at == start || leadingZero || fraction) {
            throw new Malformed("there is no whole number from 0 up at byte " + start);
        }
        return value;
    }

    String string() throws Malformed {
        expect('"');
        int start = at;
        while (peek() != '"' && peek() != '\\') {
            at++;
        }
        if (bytes[at] == '"') {
            return utf8(start, at++);
        }
        StringBuilder text = new StringBuilder(utf8(start, at));
        while (peek() != '"') {
            if (bytes[at] == '\\') {
                at++;
                text.append(escape());
            } else {
                start = at;
                while (peek() != '"' && peek() != '\\') {
                    at++;
                }
                text.append(utf8(start, at));
            }
        }
        at++;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    throw new Malformed("half a character at byte " + start);
                }
                i++;
            }
        }
        return text.toString();
    }

    private char escape() throws Malformed {
        byte c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(peek(), 16);
                    if (digit < 0) {
                        throw new Malformed("a bad escape at byte " + at);
                    }
                    code = code << 4 | digit;
                    at++;
                }
                yield (char) code;
            }
            default -> throw new Malformed("a bad escape at byte " + at);
        };
    }

    /** The next byte of a string, which may be no control character. */
    private byte peek() throws Malformed {
        if (at >= bytes.length) {
            throw new Malformed("it ends in the middle");
        }
        byte b = bytes[at];
        if (b >= 0 && b < ' ') {
            throw new Malformed("a control character at byte " + at);
        }
        return b;
    }

    private String utf8(int start, int end) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text is not UTF-8 at byte " + start);
        }
    }

    /** Reads past a value of any kind. */
    void skip() throws Malformed {
        switch (next()) {
            case '{' -> object(name -> skip());
            case '[' -> {
                enter('[');
                if (next() != ']') {
                    do {
                        skip();
                    } while (comma(']'));
                }
                leave(']');
            }
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void word(String word) throws Malformed {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= bytes.length || bytes[at] != word.charAt(i)) {
                throw new Malformed("an unknown word at byte " + at);
            }
        }
    }

    private void number() throws Malformed {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        int whole = digits();
        boolean good = whole == 1 || (whole > 1 && bytes[at - whole] != '0');
        if (good && at < bytes.length && bytes[at] == '.') {
            at++;
            good = digits() > 0;
        }
        if (good && at < bytes.length && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < bytes.length && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            good = digits() > 0;
        }
        if (!good) {
            throw new Malformed("an unknown value at byte " + start);
        }
    }

    private int digits() {
        int start = at;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - start;
    }

    /** Nothing but white space may follow. */
    void end() throws Malformed {
        while (at < bytes.length && isSpace(bytes[at])) {
            at++;
        }
        if (at < bytes.length) {
            throw new Malformed("there is something after its end, at byte " + at);
        }
    }

    private void enter(char open) throws Malformed {
        if (++depth > MAX_DEPTH) {
            throw new Malformed("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        expect(open);
    }

    private void leave(char close) throws Malformed {
        expect(close);
        depth--;
    }

    /** Reads past a comma if there is one; anything else must be {@code close}. */
    private boolean comma(char close) throws Malformed {
        byte b = next();
        if (b == ',') {
            at++;
            return true;
        }
        if (b != close) {
            throw new Malformed("no comma or '" + close + "' at byte " + at);
        }
        return false;
    }

    private void expect(char wanted) throws Malformed {
        if (next() != wanted) {
            throw new Malformed("no '" + wanted + "' at byte " + at);
        }
        at++;
    }

    /** The next byte that is no white space, not read yet. */
    private byte next() throws Malformed {
        while (at < bytes.length && isSpace(bytes[at])) {
            at++;
        }
        if (at >= bytes.length) {
            throw new Malformed("it ends in the middle");
        }
        return bytes[at];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static String quoted(String name) {
        return Faults.quoted(name);
    }
}
