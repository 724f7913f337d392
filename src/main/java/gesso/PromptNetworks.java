package gesso;

import gesso.pipeline.EmbeddingFiles;
import gesso.pipeline.EmbeddingNames;
import gesso.pipeline.NetworkLibrary;
import gesso.prompt.Embeddings.Embedding;
import gesso.prompt.NamedNetwork;
import gesso.prompt.NetworkTag;
import gesso.request.BadInput;
import gesso.weights.EmbeddingFile;
import gesso.weights.lora.LoraFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The networks and embeddings that prompts name, for whoever shows or counts them. The folders are looked through every few seconds
 * at most: prompts are read with every key.
 */
final class PromptNetworks {
    private static final long FRESH_NANOS = 3_000_000_000L;

    private final Supplier<NetworkLibrary> folders;
    private final Map<Object, Map<String, Integer>> vectors = new HashMap<>();
    private @Nullable NetworkLibrary library;
    private long looked;

    PromptNetworks(Supplier<NetworkLibrary> folders) {
        this.folders = folders;
    }

    /** The embeddings that a prompt may mean: the user's, and those that its LoRAs bring along. */
    List<Embedding> embeddings(String prompt) {
        EmbeddingNames names = new EmbeddingNames(List.of(prompt));
        Map<String, Integer> all = new TreeMap<>();
        names.in(library()).forEach((name, path) -> all.putAll(read(path, () -> Map.of(name, vectors(path)))));
        for (NetworkTag tag : NetworkTag.extract(prompt).tags()) {
            file(tag)
                    .ifPresent(path -> read(path, () -> bundled(path)).forEach((name, count) -> {
                        if (names.has(name)) {
                            all.putIfAbsent(name, count);
                        }
                    }));
        }
        List<Embedding> found = new ArrayList<>();
        all.forEach((name, count) -> found.add(new Embedding(name, count)));
        return found;
    }

    /** What a tag means. */
    NamedNetwork of(NetworkTag tag) {
        return new NamedNetwork(
                tag.kind(),
                tag.name(),
                tag.textStrength().orElse(1),
                tag.unetStrength().orElse(1),
                0,
                file(tag).isPresent());
    }

    private Optional<Path> file(NetworkTag tag) {
        return tag.isLora() ? library().lora(tag.name()) : Optional.empty();
    }

    private NetworkLibrary library() {
        NetworkLibrary known = library;
        if (known == null || System.nanoTime() - looked > FRESH_NANOS) {
            known = folders.get();
            library = known;
            looked = System.nanoTime();
        }
        return known;
    }

    /** A file is read again only when it has changed; one that cannot be read names nothing. */
    private Map<String, Integer> read(Path path, Supplier<Map<String, Integer>> reader) {
        Object key = List.of(path, path.toFile().length(), path.toFile().lastModified());
        return vectors.computeIfAbsent(key, k -> {
            try {
                return reader.get();
            } catch (BadInput e) {
                return Map.of(); // the run says what is wrong with it
            }
        });
    }

    private static int vectors(Path path) {
        return EmbeddingFiles.open(path).vectors();
    }

    private static Map<String, Integer> bundled(Path path) {
        Map<String, Integer> all = new TreeMap<>();
        for (Map.Entry<String, EmbeddingFile> e :
                LoraFile.open(path).embeddings().entrySet()) {
            all.put(e.getKey(), e.getValue().vectors());
        }
        return all;
    }
}
