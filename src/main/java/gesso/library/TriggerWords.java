package gesso.library;

import gesso.request.BadInput;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words that call what a LoRA was trained on, from the notes that trainers leave in safetensors files. */
public final class TriggerWords {
    private static final int MOST = 10;

    private TriggerWords() {}

    /** What its maker says calls it, else the commonest tags of the pictures that it was trained on; empty where nothing is said. */
    public static List<String> of(Map<String, String> notes) {
        String phrase = notes.getOrDefault("modelspec.trigger_phrase", "").strip();
        if (!phrase.isEmpty()) {
            return List.of(phrase);
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        try {
            Json.readObject(notes.getOrDefault("ss_tag_frequency", "{}"))
                    .values()
                    .forEach(folder -> {
                        if (folder instanceof Map<?, ?> tags) {
                            tags.forEach((tag, count) -> counts.merge(
                                    String.valueOf(tag).strip(),
                                    count instanceof Number n ? n.longValue() : Long.valueOf(0),
                                    Long::sum));
                        }
                    });
        } catch (BadInput e) {
            return List.of(); // another program's form: nothing that a picture needs
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
