package gesso.prompt;

import gesso.prompt.Embeddings.Embedding;
import gesso.prompt.TokenChunk.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A chunk of up to 75 tokens, as it fills. */
final class ChunkBuilder {
    private final List<TokenChunk> chunks = new ArrayList<>();
    private int[] tokens = new int[TokenChunk.TOKENS];
    private float[] weights = new float[TokenChunk.TOKENS];
    private List<Placement> placements = new ArrayList<>();
    private int size;

    /** Tokens in the chunk that is not closed. */
    int size() {
        return size;
    }

    boolean isFull() {
        return size == TokenChunk.TOKENS;
    }

    int room() {
        return TokenChunk.TOKENS - size;
    }

    /** The chunks that are closed. */
    List<TokenChunk> chunks() {
        return chunks;
    }

    void add(int token, float weight) {
        tokens[size] = token;
        weights[size++] = weight;
    }

    /** Adds an embedding's vectors, as many as find room. */
    void add(Embedding embedding, float weight) {
        placements.add(new Placement(size + 1, embedding));
        for (int i = Math.min(embedding.vectors(), room()); i > 0; i--) {
            add(0, weight);
        }
    }

    void close() {
        chunks.add(TokenChunk.of(Arrays.copyOf(tokens, size), Arrays.copyOf(weights, size), placements));
        tokens = new int[TokenChunk.TOKENS];
        weights = new float[TokenChunk.TOKENS];
        placements = new ArrayList<>();
        size = 0;
    }

    /** Closes the chunk before {@code from} and begins the next one with the tokens from there on. Placements stay behind. */
    void cut(int from) {
        int[] movedTokens = Arrays.copyOfRange(tokens, from, size);
        float[] movedWeights = Arrays.copyOfRange(weights, from, size);
        size = from;
        close();
        System.arraycopy(movedTokens, 0, tokens, 0, movedTokens.length);
        System.arraycopy(movedWeights, 0, weights, 0, movedWeights.length);
        size = movedTokens.length;
    }
}
