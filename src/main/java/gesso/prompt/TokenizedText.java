package gesso.prompt;

import java.util.List;

/**
 * A text as the encoder's chunks, at least one.
 *
 * @param tokens how many it took, with the filling of every chunk but the last
 */
public record TokenizedText(List<TokenChunk> chunks, int tokens) {
    public TokenizedText {
        chunks = List.copyOf(chunks);
    }

    /** How many tokens fit before one more chunk is needed: 75, 150 … */
    public int capacity() {
        return Math.max(1, (tokens + TokenChunk.TOKENS - 1) / TokenChunk.TOKENS) * TokenChunk.TOKENS;
    }

    /** As it is shown: "12/75". */
    public String count() {
        return tokens + "/" + capacity();
    }
}
