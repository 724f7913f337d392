package gesso.prompt;

import java.text.Normalizer;
import java.util.Locale;

/** What happens to a text before it is parted into tokens. */
final class TextCleaning {
    private TextCleaning() {}

    static String clean(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
