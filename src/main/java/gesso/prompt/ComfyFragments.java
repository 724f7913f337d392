package gesso.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Emphasis, as ComfyUI reads it: {@code (x)} is ×1.1, and {@code (x:1.3)} is 1.3 whatever is around it; square brackets are text; {@code \(} and {@code \)}
 * are the characters themselves. Brackets that do not match are text, by its own counting.
 */
final class ComfyFragments {
    private static final double ROUND = 1.1;

    /** Stand for escaped brackets while brackets are counted. */
    private static final char ESCAPED_OPEN = '\u0002';

    private static final char ESCAPED_CLOSE = '\u0001';

    /** A piece of the text that may have brackets. */
    private record Piece(String text, double weight) {
        boolean isBracketed() {
            return text.length() >= 2 && text.charAt(0) == '(' && text.charAt(text.length() - 1) == ')';
        }

        /** What is between the brackets, and its weight. */
        Piece inside() {
            String inside = text.substring(1, text.length() - 1);
            int colon = inside.lastIndexOf(':');
            double number = colon > 0 ? PythonText.number(PythonText.strip(inside.substring(colon + 1))) : Double.NaN;
            return Double.isNaN(number)
                    ? new Piece(inside, weight * ROUND)
                    : new Piece(inside.substring(0, colon), number);
        }
    }

    private ComfyFragments() {}

    static List<Fragment> parse(String text) {
        List<Fragment> fragments = new ArrayList<>();
        Deque<Piece> work = new ArrayDeque<>();
        String escaped = text.replace("\\)", "\0" + ESCAPED_CLOSE).replace("\\(", "\0" + ESCAPED_OPEN);
        pushAll(work, new Piece(escaped, 1));
        while (!work.isEmpty()) {
            Piece piece = work.pop();
            if (piece.isBracketed()) {
                pushAll(work, piece.inside());
            } else {
                String plain = piece.text().replace("\0" + ESCAPED_CLOSE, ")").replace("\0" + ESCAPED_OPEN, "(");
                fragments.add(new Fragment(plain, piece.weight()));
            }
        }
        return fragments;
    }

    /** Puts the pieces of a text, its outermost brackets and what is between them, on the stack so that the first is on top. */
    private static void pushAll(Deque<Piece> work, Piece whole) {
        List<Piece> pieces = new ArrayList<>();
        String text = whole.text();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                if (depth == 0 && i > from) {
                    pieces.add(new Piece(text.substring(from, i), whole.weight()));
                    from = i;
                }
                depth++;
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    pieces.add(new Piece(text.substring(from, i + 1), whole.weight()));
                    from = i + 1;
                }
            }
        }
        if (from < text.length()) {
            pieces.add(new Piece(text.substring(from), whole.weight()));
        }
        for (int i = pieces.size() - 1; i >= 0; i--) {
            work.push(pieces.get(i));
        }
    }
}
