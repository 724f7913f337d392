package gesso.library.foreign;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NovelAI's emphasis in A1111's: there {@code {x}} multiplies by 1.05 and {@code [x]} divides by it, {@code 1.3::x::} gives a
 * weight, and round brackets are letters.
 */
final class NovelAiPrompt {
    private static final double STEP = 1.05;
    private static final Pattern WEIGHT = Pattern.compile("(-?\\d+(?:\\.\\d*)?)::");

    private final String prompt;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder run = new StringBuilder();
    private int level;
    private double weight = 1;

    private NovelAiPrompt(String prompt) {
        this.prompt = prompt;
    }

    static String toA1111(String prompt) {
        NovelAiPrompt converter = new NovelAiPrompt(prompt);
        converter.convert();
        return converter.out.toString();
    }

    private void convert() {
        Matcher number = WEIGHT.matcher(prompt);
        int at = 0;
        while (at < prompt.length()) {
            char c = prompt.charAt(at);
            if (number.region(at, prompt.length()).lookingAt()) {
                flush();
                weight = Double.parseDouble(number.group(1));
                at = number.end();
                continue;
            }
            if (prompt.startsWith("::", at)) {
                flush();
                weight = 1;
                at += 2;
                continue;
            }
            switch (c) {
                case '{', ']' -> step(1);
                case '}', '[' -> step(-1);
                case '(', ')' -> run.append('\\').append(c);
                default -> run.append(c);
            }
            at++;
        }
        flush();
    }

    private void step(int by) {
        flush();
        level += by;
    }

    /** Writes what has gathered, with its weight. */
    private void flush() {
        double strength = weight * Math.pow(STEP, level);
        String words = run.toString();
        run.setLength(0);
        if (words.isBlank() || strength == 1) {
            out.append(words);
        } else {
            BigDecimal rounded =
                    new BigDecimal(strength).round(new MathContext(4)).stripTrailingZeros();
            out.append('(')
                    .append(words)
                    .append(':')
                    .append(rounded.toPlainString())
                    .append(')');
        }
    }
}
