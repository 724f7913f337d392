package gesso.image.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A1111's parameters text: the prompt, {@code Negative prompt: …} and a last line of {@code Key: value, …} pairs. Reading is
 * as AUTOMATIC1111 1.10 does it ({@code parse_generation_parameters}); writing too, with one thing more: a value that begins
 * with a quote, or with a space at either end, is quoted as well, because that program would not get it back.
 *
 * @param prompt may have several lines
 * @param negativePrompt empty where there is none
 * @param settings the pairs in their order, values unquoted
 */
public record Infotext(String prompt, String negativePrompt, Map<String, String> settings) {
    private static final String NEGATIVE = "Negative prompt:";

    /** With fewer pairs than this the last line is a part of the prompt. */
    private static final int FEWEST_PAIRS = 3;

    public Infotext {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Never fails: whatever is not a line of parameters is prompt. */
    public static Infotext parse(String text) {
        List<String> lines = new ArrayList<>(List.of(text.strip().split("\n", -1)));
        List<InfotextPairs.Pair> pairs = InfotextPairs.of(lines.get(lines.size() - 1));
        if (pairs.size() >= FEWEST_PAIRS) {
            lines.remove(lines.size() - 1);
        } else {
            pairs = List.of();
        }
        StringBuilder prompt = new StringBuilder();
        StringBuilder negative = new StringBuilder();
        StringBuilder now = prompt;
        for (String line : lines) {
            String words = line.strip();
            if (words.startsWith(NEGATIVE)) {
                now = negative;
                words = words.substring(NEGATIVE.length()).strip();
            }
            now.append(now.isEmpty() ? "" : "\n").append(words);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        pairs.forEach(p -> settings.put(p.key(), p.value()));
        return new Infotext(prompt.toString(), negative.toString(), settings);
    }

    /** The text as it is stored in a picture. */
    public String text() {
        StringBuilder out = new StringBuilder(prompt);
        if (!negativePrompt.isEmpty()) {
            out.append('\n').append(NEGATIVE).append(' ').append(negativePrompt);
        }
        out.append('\n').append(settingsLine());
        return out.toString().strip();
    }

    /** The pairs alone, as the last line has them. */
    public String settingsLine() {
        StringBuilder out = new StringBuilder();
        settings.forEach((key, value) ->
                out.append(out.isEmpty() ? "" : ", ").append(key).append(": ").append(InfotextPairs.quoted(value)));
        return out.toString();
    }

    /** The value of a key; null where the text does not have it. */
    public @Nullable String get(String key) {
        return settings.get(key);
    }
}
