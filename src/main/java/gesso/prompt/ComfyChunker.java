package gesso.prompt;

import gesso.prompt.Embeddings.Embedding;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays weighted text out in chunks of 75 tokens as ComfyUI does: a word that does not fit begins the next chunk, unless it is of 8 tokens or more,
 * which is parted. {@code embedding:name} is a textual inversion.
 */
final class ComfyChunker {
    private static final int LONG_WORD = 8;
    private static final String EMBEDDING = "embedding:";

    private final ClipTokenizer tokenizer;
    private final Embeddings embeddings;
    private final ChunkBuilder chunk = new ChunkBuilder();

    private ComfyChunker(ClipTokenizer tokenizer, Embeddings embeddings) {
        this.tokenizer = tokenizer;
        this.embeddings = embeddings;
    }

    static TokenizedText layOut(List<Fragment> fragments, ClipTokenizer tokenizer, Embeddings embeddings) {
        ComfyChunker chunker = new ComfyChunker(tokenizer, embeddings);
        for (Fragment fragment : fragments) {
            for (String word : fragment.text().replace('\n', ' ').split(" ", -1)) {
                chunker.add(word, (float) fragment.weight());
            }
        }
        int count = chunker.chunk.chunks().size() * TokenChunk.TOKENS + chunker.chunk.size();
        chunker.chunk.close();
        return new TokenizedText(chunker.chunk.chunks(), count);
    }

    private void add(String word, float weight) {
        String rest = word;
        if (word.startsWith(EMBEDDING)) {
            String name = word.substring(EMBEDDING.length());
            String bare = name.replaceAll("^,+|,+$", "");
            Embedding whole = embeddings.named(name);
            Embedding embedding = whole == null ? embeddings.named(bare) : whole;
            addEmbedding(embedding, weight);
            rest = whole == null ? name.substring(Math.min(bare.length(), name.length())) : "";
        }
        addTokens(tokenizer.encode(rest), weight);
    }

    private void addEmbedding(@Nullable Embedding embedding, float weight) {
        if (embedding != null) {
            if (embedding.vectors() > chunk.room()) {
                chunk.close();
            }
            chunk.add(embedding, weight);
        }
    }

    private void addTokens(int[] tokens, float weight) {
        int[] left = tokens;
        while (left.length > chunk.room()) {
            if (tokens.length >= LONG_WORD) {
                int room = chunk.room();
                fill(Arrays.copyOf(left, room), weight);
                left = Arrays.copyOfRange(left, room, left.length);
            }
            chunk.close();
        }
        fill(left, weight);
    }

    private void fill(int[] tokens, float weight) {
        for (int token : tokens) {
            chunk.add(token, weight);
        }
    }
}
