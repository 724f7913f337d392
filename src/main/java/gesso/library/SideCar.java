package gesso.library;

import gesso.request.BadInput;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a model about it: Civitai's helpers' {@code NAME.civitai.info}, A1111's {@code NAME.json} and
 * {@code NAME.txt}, and the notes in the file itself. What cannot be read counts as not there.
 *
 * @param title what its maker calls it; empty: nothing says
 * @param words that call it, to be put into prompts
 * @param description for people, without markup
 * @param weight that it is best used with; 0: nothing says
 */
public record SideCar(String title, List<String> words, String description, double weight) {
    private static final long LARGEST = 4 << 20;
    private static final int LONGEST = 4000;

    public SideCar {
        words = List.copyOf(words);
    }

    /** Reads what there is. A whole header may be read: not for the FX thread. */
    public static SideCar of(Path model) {
        String name = String.valueOf(model.getFileName());
        String stem = ModelScan.stem(name);
        Map<String, ?> civitai = json(model.resolveSibling(stem + ".civitai.info"));
        Map<String, ?> own = json(model.resolveSibling(stem + ".json"));
        Set<String> words = new LinkedHashSet<>();
        if (civitai.get("trainedWords") instanceof List<?> list) {
            list.forEach(word -> add(words, word));
        }
        add(words, own.get("activation text"));
        if (words.isEmpty()) {
            words.addAll(TriggerWords.of(notes(model)));
        }
        return new SideCar(
                title(civitai),
                new ArrayList<>(words),
                description(civitai, own, text(model.resolveSibling(stem + ".txt"))),
                own.get("preferred weight") instanceof Number weight ? weight.doubleValue() : 0);
    }

    private static String title(Map<String, ?> civitai) {
        String version = string(civitai.get("name"));
        String model = civitai.get("model") instanceof Map<?, ?> map ? string(map.get("name")) : "";
        return model.isEmpty() || version.isEmpty() ? model + version : model + " · " + version;
    }

    private static String description(Map<String, ?> civitai, Map<String, ?> own, String text) {
        List<String> parts = new ArrayList<>();
        for (Object part : new Object[] {own.get("notes"), own.get("description"), civitai.get("description"), text}) {
            String plain = plain(string(part));
            if (!plain.isEmpty() && !parts.contains(plain)) {
                parts.add(plain);
            }
        }
        String all = String.join("\n", parts);
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
    }

    /** Civitai's descriptions are HTML: only the text is shown, nothing in it is followed. */
    private static String plain(String html) {
        return html.replaceAll("(?i)<br\\s*/?>|</p>|</li>", "\n")
                .replaceAll("<[^>]*>", "")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    private static void add(Set<String> words, @Nullable Object word) {
        String text = string(word).strip().replaceAll(",+$", "");
        if (!text.isEmpty()) {
            words.add(text);
        }
    }

    private static String string(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Map<String, ?> json(Path file) {
        String text = text(file);
        try {
            return text.isBlank() ? Map.of() : Json.readObject(text);
        } catch (BadInput e) {
            return Map.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Map<String, String> notes(Path model) {
        if (!model.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            return Map.of();
        }
        try {
            return WeightFiles.open(model).metadata();
        } catch (BadInput e) {
            return Map.of();
        }
    }
}
