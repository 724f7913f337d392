package gesso;

import gesso.library.Json;
import gesso.request.BadInput;
import gesso.weights.EmbeddingFile;
import gesso.weights.ModelInfo;
import gesso.weights.lora.LoraFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a LoRA or an embedding says of itself: what it is used with, and the words that call it. */
final class NetworkFacts {
    private static final int MOST_WORDS = 10;

    private NetworkFacts() {}

    /** By name, in order; empty for other files. */
    static Map<String, String> of(Path file, ModelInfo info) {
        return switch (info.kind()) {
            case LORA -> lora(LoraFile.open(file));
            case EMBEDDING -> embedding(EmbeddingFile.open(file));
            default -> Map.of();
        };
    }

    private static Map<String, String> lora(LoraFile lora) {
        Map<String, String> facts = new LinkedHashMap<>();
        lora.rank().ifPresent(rank -> facts.put("rank", String.valueOf(rank)));
        lora.alpha().ifPresent(alpha -> facts.put("alpha", String.valueOf((float) alpha)));
        String base = lora.metadata().getOrDefault("ss_sd_model_name", "");
        if (!base.isBlank()) {
            facts.put("trained_on", base);
        }
        String alias = lora.metadata().getOrDefault("ss_output_name", "");
        if (!alias.isBlank()) {
            facts.put("alias", alias);
        }
        String words = words(lora.metadata());
        if (!words.isEmpty()) {
            facts.put("trigger_words", words);
        }
        return facts;
    }

    /** What its maker says calls it, else the commonest tags of the pictures that it was trained on. */
    private static String words(Map<String, String> notes) {
        String phrase = notes.getOrDefault("modelspec.trigger_phrase", "").strip();
        if (!phrase.isEmpty()) {
            return phrase;
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
            return ""; // another program's form: nothing that a picture needs
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue()))
                .limit(MOST_WORDS)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> embedding(EmbeddingFile file) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("vectors", String.valueOf(file.vectors()));
        List<Integer> widths = file.widths();
        facts.put("width", widths.stream().map(String::valueOf).collect(Collectors.joining(" + ")));
        return facts;
    }
}
