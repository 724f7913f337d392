package gesso.prompt;

import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * What a text encoder makes.
 *
 * @param hidden [n, tokens, w]
 * @param pooled [n, p], of the first chunk; null where the network makes none
 */
public record TextEncoding(FloatTensor hidden, @Nullable FloatTensor pooled) {
    public static TextEncoding of(FloatTensor hidden) {
        return new TextEncoding(hidden, null);
    }

    /** How many chunks of 77 tokens it is long. */
    public int chunks() {
        return hidden.dim(1) / TokenChunk.LENGTH;
    }
}
