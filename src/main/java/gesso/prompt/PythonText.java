package gesso.prompt;

/** White space, word characters and digits as Python's regular expressions see them: the prompt programs are written in it. */
final class PythonText {
    private PythonText() {}

    static boolean isSpace(int c) {
        return (c >= 9 && c <= 13)
                || (c >= 0x1c && c <= 0x20)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** {@code \w}: letters, numbers of any kind, the underscore; no combining marks. */
    static boolean isWord(int c) {
        return c == '_' || UnicodeClasses.isLetter(c) || UnicodeClasses.isNumber(c);
    }

    static boolean isDigit(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** Whether a word begins or ends between the characters before and at {@code at}: {@code \b}. */
    static boolean isBoundary(String text, int at) {
        boolean before = at > 0 && isWord(text.codePointBefore(at));
        boolean after = at < text.length() && isWord(text.codePointAt(at));
        return before != after;
    }

    static String strip(String text) {
        int from = skipSpace(text, 0);
        int to = text.length();
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The first position at or after {@code at} that is no white space. */
    static int skipSpace(String text, int at) {
        int i = at;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The number that {@code text} is for Python's float(), digits of every script included, or NaN. */
    static double number(CharSequence text) {
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = Character.codePointAt(text, i);
            i += Character.charCount(c);
            if (isDigit(c)) {
                ascii.append((char) ('0' + Character.digit(c, 10)));
            } else if (c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E') {
                ascii.append((char) c);
            } else {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(ascii.toString());
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
