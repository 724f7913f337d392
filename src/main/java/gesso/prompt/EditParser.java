package gesso.prompt;

import gesso.prompt.EditNode.Alternate;
import gesso.prompt.EditNode.Edit;
import gesso.prompt.EditNode.Emphasized;
import gesso.prompt.EditNode.Stray;
import gesso.prompt.EditNode.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the edits and alternations of a prompt, by A1111's grammar ({@code prompt_parser.py}): forms nest, and a form is one only if every
 * bracket in it belongs to a form; other brackets and colons are text. Reads once from left to right and keeps its own stack.
 */
final class EditParser {
    private static final String SPECIAL = "()[]:|";
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+[eE][+-]?[0-9]+|(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+)");

    private final String text;
    private final List<EditNode> top = new ArrayList<>();
    private final Deque<Form> open = new ArrayDeque<>();

    /** Brackets that have opened, and what has followed. */
    private static final class Form {
        private final char bracket;
        private final List<List<EditNode>> parts = new ArrayList<>();
        private final StringBuilder separators = new StringBuilder();

        Form(char bracket) {
            this.bracket = bracket;
            parts.add(new ArrayList<>());
        }

        List<EditNode> last() {
            return parts.get(parts.size() - 1);
        }

        boolean has(String separator) {
            return separators.indexOf(separator) >= 0;
        }
    }

    private EditParser(String text) {
        this.text = text;
    }

    /** The prompt's pieces, or nothing where A1111's grammar does not fit, which makes the whole prompt literal. */
    static Optional<List<EditNode>> parse(String text) {
        EditParser parser = new EditParser(text);
        return parser.read() ? Optional.of(StrayRuns.settle(parser.top)) : Optional.empty();
    }

    private boolean read() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (SPECIAL.indexOf(c) < 0) {
                int end = plainEnd(at);
                if (end < 0) {
                    return false;
                }
                emit(new Text(text.substring(at, end)));
                at = end;
            } else if (readSpecial(c)) {
                at++;
            } else {
                return false;
            }
        }
        return dissolve();
    }

    /** Where plain text ends; −1: at a backslash that escapes nothing. */
    private int plainEnd(int from) {
        int at = from;
        while (at < text.length() && SPECIAL.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\') {
                at++;
                if (at == text.length() || text.charAt(at) == '\n') {
                    return -1;
                }
            }
            at++;
        }
        return at;
    }

    private boolean readSpecial(char c) {
        if (c == '(' || c == '[') {
            open.push(new Form(c));
            return true;
        }
        Form form = open.peek();
        if (c == ':' || c == '|') {
            if (form == null) {
                emit(new Stray(c));
                return c == ':';
            }
            form.separators.append(c);
            form.parts.add(new ArrayList<>());
            return true;
        }
        Optional<EditNode> closed =
                form != null && form.bracket == (c == ')' ? '(' : '[') ? close(form, c) : Optional.empty();
        if (closed.isPresent()) {
            open.pop();
            emit(closed.get());
            return true;
        }
        // The bracket is in no form, so neither is any that is open around it.
        boolean fits = dissolve();
        emit(new Stray(c));
        return fits;
    }

    private static Optional<EditNode> close(Form form, char bracket) {
        int colons = form.separators.length();
        List<List<EditNode>> parts = form.parts;
        if (form.has("|")) {
            return form.bracket == '[' && !form.has(":") ? Optional.of(new Alternate(parts)) : Optional.empty();
        }
        if (colons == 0 || (colons == 1 && form.bracket == '(')) {
            return Optional.of(emphasized(form, bracket));
        }
        if (colons > 2 || form.bracket == '(' || !isNumber(form.last())) {
            return Optional.empty();
        }
        return Optional.of(new Edit(colons == 2 ? parts.get(0) : null, parts.get(colons - 1), (Text)
                form.last().get(0)));
    }

    private static Emphasized emphasized(Form form, char bracket) {
        List<EditNode> nodes = new ArrayList<>();
        nodes.add(new Stray(form.bracket));
        nodes.addAll(form.parts.get(0));
        if (form.parts.size() > 1) {
            nodes.add(new Stray(':'));
            nodes.addAll(form.parts.get(1));
        }
        nodes.add(new Stray(bracket));
        return new Emphasized(nodes);
    }

    private static boolean isNumber(List<EditNode> part) {
        return part.size() == 1
                && part.get(0) instanceof Text number
                && NUMBER.matcher(PythonText.strip(number.text())).matches();
    }

    /** Makes the brackets that are open plain text. @return false if that leaves a bar outside an alternation */
    private boolean dissolve() {
        boolean fits = true;
        while (!open.isEmpty()) {
            Form form = open.removeLast();
            fits &= !form.has("|");
            top.add(new Stray(form.bracket));
            for (int i = 0; i < form.parts.size(); i++) {
                if (i > 0) {
                    top.add(new Stray(form.separators.charAt(i - 1)));
                }
                top.addAll(form.parts.get(i));
            }
        }
        return fits;
    }

    private void emit(EditNode node) {
        (open.isEmpty() ? top : open.element().last()).add(node);
    }
}
