package gesso;

import gesso.library.TriggerWords;
import gesso.pipeline.EmbeddingFiles;
import gesso.request.CancelToken;
import gesso.weights.EmbeddingFile;
import gesso.weights.FileHashes;
import gesso.weights.ModelFolder;
import gesso.weights.ModelInfo;
import gesso.weights.lora.LoraFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a LoRA or an embedding says of itself: what it is used with, and the words that call it. */
final class NetworkFacts {
    private static final int AUTO_V3 = 12;

    private NetworkFacts() {}

    /** By name, in order; empty for other files. */
    static Map<String, String> of(Path file, ModelInfo info) {
        return switch (info.kind()) {
            case LORA -> lora(LoraFile.open(file));
            case EMBEDDING -> embedding(EmbeddingFiles.open(file));
            default -> Map.of();
        };
    }

    /** The hashes besides SHA-256 that Civitai and A1111's extensions know a file by; the last is of its tensors alone. */
    static Map<String, String> hashes(Path model) {
        Path file = ModelFolder.main(model);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("autov1", FileHashes.autoV1(file));
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            all.put(
                    "autov3",
                    FileHashes.sha256OfTensors(file, new CancelToken()).substring(0, AUTO_V3));
        }
        return all;
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
        String bundled = String.join(", ", lora.embeddings().keySet());
        if (!bundled.isEmpty()) {
            facts.put("embeddings", bundled);
        }
        String words = String.join(", ", TriggerWords.of(lora.metadata()));
        if (!words.isEmpty()) {
            facts.put("trigger_words", words);
        }
        return facts;
    }

    private static Map<String, String> embedding(EmbeddingFile file) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("vectors", String.valueOf(file.vectors()));
        List<Integer> widths = file.widths();
        facts.put("width", widths.stream().map(String::valueOf).collect(Collectors.joining(" + ")));
        return facts;
    }
}
