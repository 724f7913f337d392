package gesso.request.plot;

import gesso.request.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of an axis as A1111's X/Y/Z plot writes them: a comma-separated list (quotes keep a comma) whose items may be
 * ranges, {@code 1-10}, {@code 1-10 (+2)} (steps), {@code 1-10 [5]} (how many).
 */
public final class PlotValues {
    /** An axis longer than this is a slip of the hand. */
    static final int MOST = 1000;

    private static final String WHOLE = "([+-]?\\s*\\d+)";
    private static final String DECIMAL = "([+-]?\\s*\\d+(?:\\.\\d*)?)";
    private static final Pattern WHOLE_RANGE = range(WHOLE, "\\(([+-]\\d+)\\s*\\)");
    private static final Pattern WHOLE_COUNT = range(WHOLE, "\\[(\\d+)\\s*]");
    private static final Pattern DECIMAL_RANGE = range(DECIMAL, "\\(([+-]\\d+(?:\\.\\d*)?)\\s*\\)");
    private static final Pattern DECIMAL_COUNT = range(DECIMAL, "\\[(\\d+)\\s*]");

    private PlotValues() {}

    private static Pattern range(String number, String suffix) {
        return Pattern.compile("\\s*" + number + "\\s*-\\s*" + number + "(?:\\s*" + suffix + ")?\\s*");
    }

    /** Whole numbers; ranges include their end. */
    static List<String> whole(String text) {
        List<String> values = new ArrayList<>();
        for (String item : items(text)) {
            Matcher range = WHOLE_RANGE.matcher(item);
            Matcher count = WHOLE_COUNT.matcher(item);
            if (range.matches()) {
                long start = integer(range.group(1));
                long end = integer(range.group(2));
                long step = range.group(3) == null ? 1 : integer(range.group(3));
                checkStep(item, step);
                for (long v = start; step > 0 ? v <= end : v >= end; v += step) {
                    add(values, Long.toString(v));
                }
            } else if (count.matches()) {
                for (double v : linspace(integer(count.group(1)), integer(count.group(2)), size(count.group(3)))) {
                    add(values, Long.toString((long) v));
                }
            } else {
                add(values, Long.toString(integer(item)));
            }
        }
        return values;
    }

    /** Decimal numbers; ranges go on until the end is passed by less than a step, as numpy's {@code arange(a, b + s, s)}. */
    static List<String> decimal(String text) {
        List<String> values = new ArrayList<>();
        for (String item : items(text)) {
            Matcher range = DECIMAL_RANGE.matcher(item);
            Matcher count = DECIMAL_COUNT.matcher(item);
            if (range.matches()) {
                double start = number(range.group(1));
                double step = range.group(3) == null ? 1 : number(range.group(3));
                checkStep(item, step);
                double n = Math.ceil((number(range.group(2)) + step - start) / step);
                for (int i = 0; i < n; i++) {
                    add(values, plain(start + i * step));
                }
            } else if (count.matches()) {
                for (double v : linspace(number(count.group(1)), number(count.group(2)), size(count.group(3)))) {
                    add(values, plain(v));
                }
            } else {
                add(values, plain(number(item)));
            }
        }
        return values;
    }

    /** The items of a list, as a CSV reader sees them: trimmed, quotes taken off, doubled quotes made single. */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        boolean quoted = false;
        boolean fresh = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    item.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    item.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && fresh) {
                quoted = true;
                fresh = false;
            } else if (c == ',' || c == '\n') {
                add(items, item.toString().strip());
                item.setLength(0);
                fresh = true;
            } else if (!(fresh && Character.isWhitespace(c))) {
                item.append(c);
                fresh = false;
            }
        }
        add(items, item.toString().strip());
        return items;
    }

    private static void add(List<String> values, String value) {
        if (values.size() == MOST) {
            throw new InvalidRequest("plot", "An axis of a plot may have %d values at most.".formatted(MOST));
        }
        values.add(value);
    }

    private static void checkStep(String item, double step) {
        if (step == 0) {
            throw new InvalidRequest("plot", "The range \"%s\" has a step of 0.".formatted(item.strip()));
        }
    }

    private static double[] linspace(double from, double to, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = n == 1 ? from : i == n - 1 ? to : from + i * ((to - from) / (n - 1));
        }
        return values;
    }

    private static int size(String text) {
        long n = text == null ? 1 : integer(text);
        if (n > MOST) {
            throw new InvalidRequest("plot", "An axis of a plot may have %d values at most.".formatted(MOST));
        }
        return (int) n;
    }

    private static long integer(String text) {
        try {
            return Long.parseLong(text.replaceAll("\\s", ""));
        } catch (NumberFormatException e) {
            throw new InvalidRequest(
                    "plot", "\"%s\" is no whole number, nor a range such as 1-10 (+2).".formatted(text));
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.replaceAll("\\s", ""));
        } catch (NumberFormatException e) {
            throw new InvalidRequest("plot", "\"%s\" is no number, nor a range such as 1-10 (+2).".formatted(text));
        }
    }

    /** Short and exact enough for a label: 0.30000000000000004 is 0.3. */
    private static String plain(double value) {
        double rounded = Math.rint(value * 1e9) / 1e9;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
