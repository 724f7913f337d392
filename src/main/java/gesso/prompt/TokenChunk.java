package gesso.prompt;

import java.util.Arrays;
import java.util.List;

/**
 * What the text encoder reads at once: start, 75 tokens, end.
 *
 * @param ids 77 of them, filled up with {@link ClipTokenizer#END}
 * @param weights each token's, 77
 * @param placements where vectors of textual inversions take the place of tokens
 */
public record TokenChunk(int[] ids, float[] weights, List<Placement> placements) {
    /** Tokens of the prompt in a chunk. */
    public static final int TOKENS = 75;

    /** With start and end. */
    public static final int LENGTH = TOKENS + 2;

    /** What no text at all becomes. */
    public static final TokenChunk EMPTY = of(new int[0], new float[0], List.of());

    /** An embedding's vectors from position {@code at} of the 77 on; vectors that reach past position 75 are cut. */
    public record Placement(int at, Embeddings.Embedding embedding) {}

    public TokenChunk {
        if (ids.length != LENGTH || weights.length != LENGTH) {
            throw new IllegalArgumentException(ids.length + " ids and " + weights.length + " weights");
        }
        placements = List.copyOf(placements);
    }

    /** A chunk of up to 75 tokens and their weights. */
    static TokenChunk of(int[] tokens, float[] weights, List<Placement> placements) {
        int[] ids = new int[LENGTH];
        Arrays.fill(ids, ClipTokenizer.END);
        ids[0] = ClipTokenizer.START;
        System.arraycopy(tokens, 0, ids, 1, tokens.length);
        float[] all = new float[LENGTH];
        Arrays.fill(all, 1);
        System.arraycopy(weights, 0, all, 1, weights.length);
        return new TokenChunk(ids, all, placements);
    }

    /**
     * The ids for a text encoder that fills up with {@code pad} after the first end.
     *
     * @param pad {@link ClipTokenizer#END} for SD1 and SDXL's first encoder, 0 for SD2 and SDXL's second
     */
    public long[] ids(int pad) {
        long[] padded = new long[LENGTH];
        boolean ended = false;
        for (int i = 0; i < LENGTH; i++) {
            padded[i] = ended ? pad : ids[i];
            ended |= ids[i] == ClipTokenizer.END;
        }
        return padded;
    }

    boolean isWeighted() {
        for (float weight : weights) {
            if (weight != 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenChunk that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(weights, that.weights)
                && placements.equals(that.placements);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(ids) + Arrays.hashCode(weights)) + placements.hashCode();
    }
}
