package gesso.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Emphasis, as A1111 reads it: {@code (x)} is ×1.1, {@code [x]} ÷1.1, {@code (x:1.3)} ×1.3; nesting multiplies; brackets left open close at the
 * end; {@code \( \) \[ \] \\} are the characters themselves. Any string can be read, in a loop that knows no depth.
 */
public final class Fragments {
    private static final double ROUND = 1.1;
    private static final double SQUARE = 1 / 1.1;
    private static final String BREAK = "BREAK";

    private final String text;
    private final List<String> texts = new ArrayList<>();
    private double[] weights = new double[16];
    private final Stack round = new Stack();
    private final Stack square = new Stack();

    private Fragments(String text) {
        this.text = text;
    }

    /** The text's pieces, at least one; neighbours of equal weight are one piece. */
    public static List<Fragment> parse(String text) {
        return new Fragments(text).parse();
    }

    private List<Fragment> parse() {
        for (int at = 0; at < text.length(); ) {
            at = readOne(at);
        }
        closeOpen(round, ROUND);
        closeOpen(square, SQUARE);
        return merged();
    }

    /** Reads the piece at {@code at} and tells where the next one begins. */
    private int readOne(int at) {
        char c = text.charAt(at);
        switch (c) {
            case '\\' -> {
                boolean escapes = at + 1 < text.length() && "()[]\\".indexOf(text.charAt(at + 1)) >= 0;
                add(escapes ? text.substring(at + 1, at + 2) : "", 1);
                return escapes ? at + 2 : at + 1;
            }
            case '(' -> round.push(texts.size());
            case '[' -> square.push(texts.size());
            case ')' -> close(round, ROUND, ")");
            case ']' -> close(square, SQUARE, "]");
            case ':' -> {
                return readColon(at);
            }
            default -> {
                int end = plainEnd(at);
                addPlain(text.substring(at, end));
                return end;
            }
        }
        return at + 1;
    }

    private void closeOpen(Stack open, double weight) {
        for (int i = 0; i < open.size; i++) {
            multiply(open.starts[i], weight);
        }
    }

    private void close(Stack open, double weight, String bracket) {
        if (open.size > 0) {
            multiply(open.pop(), weight);
        } else {
            add(bracket, 1);
        }
    }

    /** {@code :1.3)} closes a bracket with its weight. A weight that is no number, such as 1.2.3, is text. */
    private int readColon(int at) {
        int from = PythonText.skipSpace(text, at + 1);
        int to = from;
        if (to < text.length() && "+-".indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        while (to < text.length() && isWeight(text.codePointAt(to))) {
            to += Character.charCount(text.codePointAt(to));
        }
        int end = PythonText.skipSpace(text, to);
        double weight = PythonText.number(text.substring(from, to));
        if (Double.isNaN(weight) || end == text.length() || text.charAt(end) != ')') {
            add(":", 1);
            return at + 1;
        }
        if (round.size > 0) {
            multiply(round.pop(), weight);
        } else {
            add(text.substring(at, end + 1), 1);
        }
        return end + 1;
    }

    private static boolean isWeight(int c) {
        return c == '.' || PythonText.isDigit(c);
    }

    private int plainEnd(int at) {
        int end = at;
        while (end < text.length() && "\\()[]:".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Text without brackets, parted at BREAKs. */
    private void addPlain(String plain) {
        int from = 0;
        for (int at = plain.indexOf(BREAK); at >= 0; at = plain.indexOf(BREAK, at + 1)) {
            int end = at + BREAK.length();
            if (PythonText.isBoundary(plain, at) && PythonText.isBoundary(plain, end)) {
                add(stripEnd(plain, from, at), 1);
                add(BREAK, -1);
                from = PythonText.skipSpace(plain, end);
            }
        }
        add(plain.substring(from), 1);
    }

    private static String stripEnd(String plain, int from, int end) {
        int to = end;
        while (to > from && PythonText.isSpace(plain.charAt(to - 1))) {
            to--;
        }
        return plain.substring(from, to);
    }

    private void add(String piece, double weight) {
        if (texts.size() == weights.length) {
            weights = Arrays.copyOf(weights, 2 * weights.length);
        }
        weights[texts.size()] = weight;
        texts.add(piece);
    }

    /** A break within weighted brackets is multiplied like any text, and by that ceases to be one; so it is in A1111. */
    private void multiply(int from, double weight) {
        for (int i = from; i < texts.size(); i++) {
            weights[i] *= weight;
        }
    }

    private List<Fragment> merged() {
        List<Fragment> merged = new ArrayList<>();
        int from = 0;
        while (from < texts.size()) {
            int to = from + 1;
            while (to < texts.size() && weights[to] == weights[from]) {
                to++;
            }
            merged.add(new Fragment(String.join("", texts.subList(from, to)), weights[from]));
            from = to;
        }
        return merged.isEmpty() ? List.of(new Fragment("", 1)) : List.copyOf(merged);
    }

    /** Where brackets opened. */
    private static final class Stack {
        private int[] starts = new int[16];
        private int size;

        void push(int start) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
            }
            starts[size++] = start;
        }

        int pop() {
            return starts[--size];
        }
    }
}
