package gesso.prompt;

import gesso.tensor.FloatTensor;
import java.util.Arrays;
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

    /** As long, but nothing: what SDXL was trained to see for no prompt. */
    public TextEncoding zeros() {
        return new TextEncoding(
                FloatTensor.zeros(hidden.shape()), pooled == null ? null : FloatTensor.zeros(pooled.shape()));
    }

    /** How many chunks of 77 tokens it is long. */
    public int chunks() {
        return hidden.dim(1) / TokenChunk.LENGTH;
    }

    /** Longer by chunks of the empty prompt, [1, 77, w] each, up to that many chunks; itself where it is as long. */
    public TextEncoding padded(int chunks, FloatTensor empty) {
        return longer(chunks * TokenChunk.LENGTH, empty.data());
    }

    /** Longer by its own last vector, up to that many tokens; itself where it is as long. */
    public TextEncoding repeatLast(int tokens) {
        int width = hidden.dim(2);
        return longer(tokens, Arrays.copyOfRange(hidden.data(), hidden.size() - width, hidden.size()));
    }

    /**
     * Each token's vector followed by another encoder's for the same text, with that one's pooled vector. Where the encoders read
     * the text in different numbers of chunks, the shorter repeats its last vector.
     */
    TextEncoding beside(TextEncoding second) {
        int tokens = Math.max(hidden.dim(1), second.hidden.dim(1));
        float[] a = repeatLast(tokens).hidden.data();
        float[] b = second.repeatLast(tokens).hidden.data();
        int width = hidden.dim(2);
        int more = second.hidden.dim(2);
        float[] both = new float[a.length + b.length];
        for (int i = 0; i < tokens; i++) {
            System.arraycopy(a, i * width, both, i * (width + more), width);
            System.arraycopy(b, i * more, both, i * (width + more) + width, more);
        }
        return new TextEncoding(FloatTensor.of(both, 1, tokens, width + more), second.pooled);
    }

    private TextEncoding longer(int tokens, float[] filling) {
        if (tokens <= hidden.dim(1)) {
            return this;
        }
        float[] all = Arrays.copyOf(hidden.data(), tokens * hidden.dim(2));
        for (int at = hidden.size(); at < all.length; at += filling.length) {
            System.arraycopy(filling, 0, all, at, filling.length);
        }
        return new TextEncoding(FloatTensor.of(all, 1, tokens, hidden.dim(2)), pooled);
    }
}
