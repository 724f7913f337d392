package gesso.prompt;

import gesso.prompt.Embeddings.Match;
import gesso.prompt.TokenChunk.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays weighted text out in chunks of 75 tokens as A1111 does: a chunk that overflows is cut back to its last comma if that is among the last 20
 * tokens, and BREAK fills it up.
 */
final class Chunker {
    private static final int BACK_OFF = 20;

    private final ClipTokenizer tokenizer;
    private final Embeddings embeddings;
    private final List<TokenChunk> chunks = new ArrayList<>();
    private int[] tokens = new int[TokenChunk.TOKENS];
    private float[] weights = new float[TokenChunk.TOKENS];
    private List<Placement> placements = new ArrayList<>();
    private int size;
    private int lastComma = -1;
    private int count;

    private Chunker(ClipTokenizer tokenizer, Embeddings embeddings) {
        this.tokenizer = tokenizer;
        this.embeddings = embeddings;
    }

    static TokenizedText layOut(List<Fragment> fragments, ClipTokenizer tokenizer, Embeddings embeddings) {
        Chunker chunker = new Chunker(tokenizer, embeddings);
        for (Fragment fragment : fragments) {
            chunker.add(fragment);
        }
        return chunker.finish();
    }

    private void add(Fragment fragment) {
        if (fragment.isBreak()) {
            close();
            return;
        }
        float weight = (float) fragment.weight();
        int[] text = tokenizer.encode(fragment.text());
        for (int position = 0; position < text.length; ) {
            makeRoom(text[position]);
            Match match = embeddings.at(text, position);
            if (match == null) {
                append(text[position], weight);
                position++;
            } else {
                append(match, weight);
                position += match.length();
            }
        }
    }

    private void makeRoom(int token) {
        if (token == ClipTokenizer.COMMA) {
            lastComma = size;
        } else if (size == TokenChunk.TOKENS && lastComma != -1 && size - lastComma <= BACK_OFF) {
            cutBack(lastComma + 1);
        }
        if (size == TokenChunk.TOKENS) {
            close();
        }
    }

    /** Moves what follows the comma to the next chunk. Placements stay where they were: A1111 moves the tokens alone. */
    private void cutBack(int from) {
        int[] movedTokens = Arrays.copyOfRange(tokens, from, size);
        float[] movedWeights = Arrays.copyOfRange(weights, from, size);
        size = from;
        close();
        System.arraycopy(movedTokens, 0, tokens, 0, movedTokens.length);
        System.arraycopy(movedWeights, 0, weights, 0, movedWeights.length);
        size = movedTokens.length;
    }

    private void append(int token, float weight) {
        tokens[size] = token;
        weights[size++] = weight;
    }

    private void append(Match match, float weight) {
        int length = Math.min(match.embedding().vectors(), TokenChunk.TOKENS);
        if (size + length > TokenChunk.TOKENS) {
            close();
        }
        placements.add(new Placement(size + 1, match.embedding()));
        for (int i = 0; i < length; i++) {
            append(0, weight);
        }
    }

    private void close() {
        count += TokenChunk.TOKENS;
        chunks.add(TokenChunk.of(Arrays.copyOf(tokens, size), Arrays.copyOf(weights, size), placements));
        tokens = new int[TokenChunk.TOKENS];
        weights = new float[TokenChunk.TOKENS];
        placements = new ArrayList<>();
        size = 0;
        lastComma = -1;
    }

    private TokenizedText finish() {
        if (size > 0 || chunks.isEmpty()) {
            int used = size;
            close();
            count += used - TokenChunk.TOKENS;
        }
        return new TokenizedText(chunks, count);
    }
}
