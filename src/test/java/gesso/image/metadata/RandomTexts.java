package gesso.image.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random prompts and settings with everything that may break a format. */
final class RandomTexts {
    private static final List<String> PIECES = List.of(
            ",",
            ", ",
            "\"",
            "\\",
            "\n",
            ":",
            ": ",
            " ",
            "狐狸",
            "，",
            "🦊",
            "👩‍🎨",
            "é",
            "Ã©",
            "\t",
            "a",
            "fox",
            "(x:1.2)",
            "[a|b]",
            "<lora:x:0.5>",
            "Steps",
            "20",
            "512x768",
            "\\n",
            "{",
            "}",
            "'",
            "\u2028",
            "ß",
            "日本語",
            "Negative",
            "\u0001");

    private RandomTexts() {}

    static Infotext infotext(Random random) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("Steps", Integer.toString(random.nextInt(150)));
        settings.put("Sampler", "Euler a");
        settings.put("Size", "512x768");
        for (int i = random.nextInt(6); i > 0; i--) {
            settings.put(
                    List.of("Extra", "ControlNet 0", "a/b-c d", "键值", "TI hashes", "Hires prompt")
                            .get(random.nextInt(6)),
                    value(random));
        }
        return new Infotext(prompt(random), prompt(random), settings);
    }

    static String value(Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            out.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return out.toString();
    }

    /** Any lines, but trimmed: A1111's reader trims them. */
    private static String prompt(Random random) {
        String[] lines = value(random).split("\n", -1);
        StringBuilder out = new StringBuilder();
        for (String line : lines) {
            String trimmed = line.strip();
            out.append(out.isEmpty() ? "" : "\n").append(trimmed);
        }
        return out.toString().strip();
    }
}
