package gesso.weights;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks over strict JSON (RFC 8259) in UTF-8, building nothing that nobody asked for: a header of weights may be many
 * megabytes. Every departure from the grammar, a repeated name included, is a {@link Malformed} with the place.
 */
final class JsonCursor {
    private static final int MAX_DEPTH = 32;

    /** Far beyond any real file; a header of nothing but names could otherwise fill the memory. */
    private static final int MAX_MEMBERS = 200_000;

    private static final int MAX_NATURALS = 16;

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
        Set<String> names = new HashSet<>();
        members(name -> {
            if (!names.add(name)) {
                throw new Malformed("the name " + Faults.quoted(name) + " comes twice");
            }
            if (names.size() > MAX_MEMBERS) {
                throw new Malformed("it names more than " + MAX_MEMBERS + " things");
            }
            member.read(name);
        });
    }

    private void members(Member member) throws Malformed {
        enter('{');
        if (next() != '}') {
            do {
                String name = string();
                expect(':');
                member.read(name);
            } while (comma('}'));
        }
        leave('}');
    }

    /** Reads a list of at most 16 whole numbers from 0 to 2⁶³−1. */
    long[] naturals() throws Malformed {
        long[] values = new long[MAX_NATURALS];
        int n = 0;
        enter('[');
        if (next() != ']') {
            do {
                if (n == MAX_NATURALS) {
                    throw new Malformed("a list is longer than " + MAX_NATURALS + " numbers at byte " + at);
                }
                values[n++] = natural();
            } while (comma(']'));
        }
        leave(']');
        return Arrays.copyOf(values, n);
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
        boolean escaped = false;
        for (byte b = inString(); b != '"'; b = inString()) {
            if (b == '\\') {
                escaped = true;
                at++;
                inString();
            }
            at++;
        }
        return JsonText.decode(bytes, start, at++, escaped);
    }

    /** The next byte of a string, which may be no control character. */
    private byte inString() throws Malformed {
        if (at >= bytes.length) {
            throw new Malformed("it ends in the middle");
        }
        byte b = bytes[at];
        if (b >= 0 && b < ' ') {
            throw new Malformed("a control character at byte " + at);
        }
        return b;
    }

    /** Reads past a value of any kind. */
    void skip() throws Malformed {
        switch (next()) {
            case '{' -> members(name -> skip());
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

    /** Whether the next value is an object. */
    boolean isObject() throws Malformed {
        return next() == '{';
    }

    /** Reads a value of any kind as it is written; a string without its quotes and escapes. */
    String text() throws Malformed {
        if (next() == '"') {
            return string();
        }
        int start = at;
        skip();
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
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
}
