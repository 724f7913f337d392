package gesso.prompt;

import java.util.ArrayList;
import java.util.List;

/** {@code a :0.7 AND b :-0.3}: texts that guide the picture each by itself (Liu et al. 2022, composable diffusion), as A1111 writes it. */
record Composition(String text, double weight) {
    private static final String AND = "AND";

    /** The texts between the words AND, with their weights. At least one. */
    static List<Composition> parse(String prompt) {
        List<Composition> parts = new ArrayList<>();
        int from = 0;
        for (int at = prompt.indexOf(AND); at >= 0; at = prompt.indexOf(AND, at + 1)) {
            int end = at + AND.length();
            if (PythonText.isBoundary(prompt, at) && PythonText.isBoundary(prompt, end)) {
                parts.add(weighted(prompt.substring(from, at)));
                from = end;
            }
        }
        parts.add(weighted(prompt.substring(from)));
        return parts;
    }

    /** Parts the weight, {@code : 0.7} at the end, from the text. White space at the end goes, as does that before the colon. */
    private static Composition weighted(String part) {
        int end = trimEnd(part, part.length());
        int number = end;
        while (number > 0 && isNumeric(part.codePointBefore(number))) {
            number -= Character.charCount(part.codePointBefore(number));
        }
        int sign = number > 0 && "+-".indexOf(part.charAt(number - 1)) >= 0 ? number - 1 : number;
        int colon = trimEnd(part, sign);
        boolean weighs = colon > 0 && part.charAt(colon - 1) == ':' && isWeight(part.substring(number, end));
        return weighs
                ? new Composition(
                        part.substring(0, trimEnd(part, colon - 1)), PythonText.number(part.substring(sign, end)))
                : new Composition(part.substring(0, end), 1);
    }

    private static boolean isNumeric(int c) {
        return c == '.' || PythonText.isDigit(c);
    }

    /** {@code 1}, {@code 1.}, {@code 1.5} or {@code .5}. */
    private static boolean isWeight(String digits) {
        return digits.codePoints().anyMatch(PythonText::isDigit) && digits.indexOf('.') == digits.lastIndexOf('.');
    }

    private static int trimEnd(String text, int end) {
        int at = end;
        while (at > 0 && PythonText.isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
