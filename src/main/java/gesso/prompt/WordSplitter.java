package gesso.prompt;

/**
 * Parts cleaned, lower-case text into the pieces that CLIP encodes each by itself: English contractions, runs of letters, single numerals, runs
 * of anything else that is no white space.
 */
final class WordSplitter {
    private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};

    private final String text;
    private final String[] marks;
    private int from;
    private int to;

    /** @param marks texts that stand for the start and the end of a prompt */
    WordSplitter(String text, String[] marks) {
        this.text = text;
        this.marks = marks;
    }

    /** Goes to the next word. */
    boolean next() {
        from = PythonText.skipSpace(text, to);
        if (from == text.length()) {
            return false;
        }
        to = end(from);
        return true;
    }

    String word() {
        return text.substring(from, to);
    }

    private int end(int start) {
        char first = text.charAt(start);
        if (first == '<' || first == '\'') {
            for (String whole : first == '<' ? marks : CONTRACTIONS) {
                if (matches(start, whole)) {
                    return start + whole.length();
                }
            }
        }
        int c = text.codePointAt(start);
        int i = start + Character.charCount(c);
        if (UnicodeClasses.isNumber(c)) {
            return i;
        }
        boolean letters = UnicodeClasses.isLetter(c);
        while (i < text.length()) {
            c = text.codePointAt(i);
            boolean same = letters ? UnicodeClasses.isLetter(c) : isOther(c);
            if (!same) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static boolean isOther(int c) {
        return !PythonText.isSpace(c) && !UnicodeClasses.isLetter(c) && !UnicodeClasses.isNumber(c);
    }

    /** Without regard to case, for which the long ſ is an s. */
    private boolean matches(int start, String whole) {
        if (start + whole.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < whole.length(); i++) {
            char c = text.charAt(start + i);
            if ((c == 'ſ' ? 's' : c) != whole.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
