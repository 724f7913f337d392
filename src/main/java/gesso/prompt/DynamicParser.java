package gesso.prompt;

import gesso.prompt.DynamicNode.Choice;
import gesso.prompt.DynamicNode.Literal;
import gesso.prompt.DynamicNode.Option;
import gesso.prompt.DynamicNode.Wildcard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the dynamic forms of a prompt once from left to right, with a stack of its own. Braces that are no choice are text. */
final class DynamicParser {
    private static final Pattern BOUNDS =
            Pattern.compile("\\{\\s*(?:(\\d{1,6})?(-)?(\\d{1,6})?)\\$\\$(?:([^${}]*)\\$\\$)?");
    private static final Pattern WEIGHT = Pattern.compile("\\s*(\\d{1,9}(?:\\.\\d{0,9})?|\\.\\d{1,9})::");
    private static final String NO_NAME = "{}|$#()\n\r\\";
    private static final String SEPARATOR = ", ";

    /** Braces that have opened. */
    private static final class Frame {
        private final String opening; // what was read, in case it is text after all
        private int least = 1;
        private int most = 1;
        private boolean bounded;
        private String separator = SEPARATOR;
        private final List<List<DynamicNode>> options = new ArrayList<>();

        Frame(String opening) {
            this.opening = opening;
            options.add(new ArrayList<>());
        }
    }

    private final String text;
    private final List<DynamicNode> top = new ArrayList<>();
    private final Deque<Frame> open = new ArrayDeque<>();

    private DynamicParser(String text) {
        this.text = text;
    }

    static List<DynamicNode> parse(String text) {
        DynamicParser parser = new DynamicParser(text);
        parser.read();
        return parser.top;
    }

    private void read() {
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            if (c == '{') {
                at += opens(at);
            } else if (c == '|' && !open.isEmpty()) {
                open.element().options.add(new ArrayList<>());
                at++;
            } else if (c == '}' && !open.isEmpty()) {
                close(open.pop());
                at++;
            } else if (text.startsWith("__", at)) {
                at += wildcard(at);
            } else {
                int end = plainEnd(at);
                emit(new Literal(text.substring(at, end)));
                at = end;
            }
        }
        while (!open.isEmpty()) {
            dissolve(open.removeLast(), top, "");
        }
    }

    /** At least one character further on: what is no form here is text. */
    private int plainEnd(int from) {
        int at = text.charAt(from) == '\\' ? Math.min(from + 2, text.length()) : from + 1;
        while (at < text.length() && "{|}\\".indexOf(text.charAt(at)) < 0 && !text.startsWith("__", at)) {
            at++;
        }
        return at;
    }

    private int opens(int at) {
        Matcher bounds = BOUNDS.matcher(text).region(at, text.length());
        if (!bounds.lookingAt() || (bounds.group(1) == null && bounds.group(3) == null)) {
            open.push(new Frame("{"));
            return 1;
        }
        Frame frame = new Frame(bounds.group());
        frame.bounded = true;
        frame.least = bounds.group(1) == null ? 1 : Integer.parseInt(bounds.group(1));
        frame.most = bounds.group(3) != null
                ? Integer.parseInt(bounds.group(3))
                : bounds.group(2) != null ? Integer.MAX_VALUE : frame.least;
        frame.separator = bounds.group(4) == null ? SEPARATOR : bounds.group(4);
        open.push(frame);
        return bounds.group().length();
    }

    private int wildcard(int at) {
        int end = text.indexOf("__", at + 2);
        String name = end < 0 ? "" : text.substring(at + 2, end);
        if (name.isBlank() || name.chars().anyMatch(c -> NO_NAME.indexOf(c) >= 0)) {
            emit(new Literal("__"));
            return 2;
        }
        emit(new Wildcard(name));
        return end + 2 - at;
    }

    private void close(Frame frame) {
        if (frame.options.size() == 1 && !frame.bounded) {
            dissolve(frame, target(), "}");
            return;
        }
        List<Option> options = frame.options.stream().map(DynamicParser::option).toList();
        emit(new Choice(frame.least, frame.most, frame.separator, options));
    }

    private static Option option(List<DynamicNode> nodes) {
        if (!nodes.isEmpty() && nodes.get(0) instanceof Literal first) {
            Matcher weight = WEIGHT.matcher(first.text());
            if (weight.lookingAt()) {
                List<DynamicNode> rest = new ArrayList<>(nodes);
                rest.set(0, new Literal(first.text().substring(weight.end())));
                return new Option(Double.parseDouble(weight.group(1)), rest);
            }
        }
        return new Option(1, nodes);
    }

    private static void dissolve(Frame frame, List<DynamicNode> into, String closing) {
        String before = frame.opening;
        for (List<DynamicNode> option : frame.options) {
            into.add(new Literal(before));
            into.addAll(option);
            before = "|";
        }
        into.add(new Literal(closing));
    }

    private List<DynamicNode> target() {
        if (open.isEmpty()) {
            return top;
        }
        List<List<DynamicNode>> options = open.element().options;
        return options.get(options.size() - 1);
    }

    private void emit(DynamicNode node) {
        target().add(node);
    }
}
