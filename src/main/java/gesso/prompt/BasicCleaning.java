package gesso.prompt;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What CLIP's tokenizer does to a text where ftfy is not installed, as beside ComfyUI and diffusers (transformers' BasicTokenizer): controls go, ideographs
 * stand by themselves, all is lower case.
 */
final class BasicCleaning {
    private BasicCleaning() {}

    static String clean(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == 0 || c == 0xfffd) {
                return;
            }
            if (c == '\t' || c == '\n' || c == '\r' || Character.getType(c) == Character.SPACE_SEPARATOR) {
                out.append(' ');
            } else if (!isControl(c)) {
                String around = isIdeograph(c) ? " " : "";
                out.append(around).appendCodePoint(c).append(around);
            }
        });
        return Normalizer.normalize(out, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Characters that this Java does not know may be new emoji: they stay. */
    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static boolean isIdeograph(int c) {
        return (c >= 0x4e00 && c <= 0x9fff)
                || (c >= 0x3400 && c <= 0x4dbf)
                || (c >= 0x20000 && c <= 0x2a6df)
                || (c >= 0x2a700 && c <= 0x2b73f)
                || (c >= 0x2b740 && c <= 0x2b81f)
                || (c >= 0x2b820 && c <= 0x2ceaf)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0x2f800 && c <= 0x2fa1f);
    }
}
