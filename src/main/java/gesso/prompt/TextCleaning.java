package gesso.prompt;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What happens to a text before it is parted into tokens: what ftfy (the library that CLIP's tokenizer cleans with) mends in single
 * characters and HTML entities, then lower case. Its repair of text that was decoded with the wrong encoding is left out.
 */
final class TextCleaning {
    private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\u001b\\[[\\p{Nd};]*[a-zA-Z]");

    /** The one reference that ftfy leaves as it is. */
    private static final Pattern SEMICOLON = Pattern.compile("&#(?:0*59|[xX]0*3[bB]);");

    /** What Windows-1252 has in place of the C1 controls U+0080–U+009F. */
    private static final String WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private TextCleaning() {}

    static String clean(String text) {
        return isPlain(text) ? text.toLowerCase(Locale.ROOT) : mend(text).toLowerCase(Locale.ROOT);
    }

    /** The same, then HTML entities wherever they stand, twice: OpenCLIP's cleaning. */
    static String cleanAsHtml(String text) {
        return isPlain(text)
                ? text.toLowerCase(Locale.ROOT)
                : unescaped(unescaped(mend(text))).toLowerCase(Locale.ROOT);
    }

    private static String unescaped(String text) {
        return SEMICOLON.matcher(HtmlEntities.decode(text)).replaceAll(";");
    }

    /** Whether there is nothing to mend, as in most English prompts. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean printable = c >= ' ' && c <= '~' && c != '&';
            if (!printable && c != '\n') {
                return false;
            }
        }
        return true;
    }

    /** Line by line; from the first line on that has an angle bracket, entities are left alone: the text seems to be HTML. */
    private static String mend(String text) {
        StringBuilder mended = new StringBuilder();
        boolean entities = true;
        for (int from = 0; from < text.length(); ) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(from, to);
            entities &= line.indexOf('<') < 0;
            mended.append(mendLine(line, entities));
            from = to;
        }
        return mended.toString();
    }

    /** Until nothing changes: an entity may stand for another's ampersand. */
    private static String mendLine(String line, boolean entities) {
        String before = "";
        String text = line;
        while (!text.equals(before)) {
            before = text;
            text = entities ? HtmlEntities.decode(text) : text;
            text = mendCharacters(text);
            text = TERMINAL_ESCAPE.matcher(text).replaceAll("");
            text = Normalizer.normalize(removeControls(text), Normalizer.Form.NFC);
        }
        return text;
    }

    private static String mendCharacters(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char known = c >= 0x80 && c <= 0x9f ? WINDOWS_1252.charAt(c - 0x80) : c;
            if (known >= 0xff01 && known < 0xfff0) {
                // full-width and half-width forms
                out.append(Normalizer.normalize(String.valueOf(known), Normalizer.Form.NFKC));
            } else if (Character.isSurrogate(known)) {
                out.append(isPaired(text, i) ? known : '\ufffd');
            } else {
                out.append(mended(known));
            }
        }
        return out.toString();
    }

    private static String mended(char c) {
        return switch (c) {
            case 'Ĳ' -> "IJ";
            case 'ĳ' -> "ij";
            case 'ŉ' -> "'n";
            case 'Ǳ' -> "DZ";
            case 'ǲ' -> "Dz";
            case 'ǳ' -> "dz";
            case 'Ǆ' -> "DŽ";
            case 'ǅ' -> "Dž";
            case 'ǆ' -> "dž";
            case 'Ǉ' -> "LJ";
            case 'ǈ' -> "Lj";
            case 'ǉ' -> "lj";
            case 'Ǌ' -> "NJ";
            case 'ǋ' -> "Nj";
            case 'ǌ' -> "nj";
            case 'ﬀ' -> "ff";
            case 'ﬁ' -> "fi";
            case 'ﬂ' -> "fl";
            case 'ﬃ' -> "ffi";
            case 'ﬄ' -> "ffl";
            case 'ﬅ' -> "ſt";
            case 'ﬆ' -> "st";
            case '\u3000' -> " ";
            case 'ʼ', '‘', '’', '‚', '‛' -> "'";
            case '“', '”', '„', '‟' -> "\"";
            case '\r', '\u2028', '\u2029' -> "\n";
            default -> String.valueOf(c);
        };
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static String removeControls(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isControl(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Controls that make no white space, deprecated ones of Arabic, annotation marks and the byte order mark. */
    private static boolean isControl(char c) {
        return c <= 8
                || c == 0x0b
                || (c >= 0x0e && c <= 0x1f)
                || c == 0x7f
                || (c >= 0x206a && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffc);
    }
}
