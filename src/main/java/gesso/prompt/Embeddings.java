package gesso.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The textual inversions that prompts may name: each stands for some learned vectors, one a token. Immutable. */
public final class Embeddings {
    public static final Embeddings NONE = new Embeddings();

    /** A textual inversion that takes as many tokens as it has vectors, at least 1. */
    public record Embedding(String name, int vectors) {
        public Embedding {
            if (vectors < 1) {
                throw new IllegalArgumentException(name + " has no vectors");
            }
        }
    }

    private record Entry(Embedding embedding, int[] tokens) {}

    private final Map<Integer, List<Entry>> byFirstToken = new HashMap<>();
    private final Map<String, Embedding> byName = new HashMap<>();

    private Embeddings() {}

    /** Embeddings that are recognised by the tokens of their bare names; where one name begins with another the longer is meant. */
    public static Embeddings of(ClipTokenizer tokenizer, List<Embedding> embeddings) {
        Embeddings all = new Embeddings();
        for (Embedding embedding : embeddings) {
            all.byName.put(embedding.name(), embedding);
            int[] tokens = tokenizer.encode(embedding.name());
            if (tokens.length > 0) {
                all.byFirstToken
                        .computeIfAbsent(tokens[0], first -> new ArrayList<>())
                        .add(new Entry(embedding, tokens));
            }
        }
        Comparator<Entry> longest = Comparator.comparingInt(entry -> -entry.tokens.length);
        all.byFirstToken.values().forEach(entries -> entries.sort(longest));
        return all;
    }

    /** An embedding's name at a place in the tokens, so many tokens long. */
    record Match(Embedding embedding, int length) {}

    @Nullable
    Embedding named(String name) {
        return byName.get(name);
    }

    @Nullable
    Match at(int[] tokens, int position) {
        for (Entry entry : byFirstToken.getOrDefault(tokens[position], List.of())) {
            int end = position + entry.tokens.length;
            if (end <= tokens.length && Arrays.equals(entry.tokens, Arrays.copyOfRange(tokens, position, end))) {
                return new Match(entry.embedding, entry.tokens.length);
            }
        }
        return null;
    }
}
