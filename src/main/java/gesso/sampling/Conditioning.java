package gesso.sampling;

import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt tells the network.
 *
 * @param context the text encoder's hidden states, [1, 77·chunks, width]
 * @param vector SDXL's pooled text with the size conditioning, [1, width]; null where the network takes none
 */
public record Conditioning(FloatTensor context, @Nullable FloatTensor vector) {
    /** With the last token's states repeated up to {@code tokens}, as A1111 pads the shorter parts joined by AND. */
    Conditioning padded(int tokens) {
        int own = context.dim(1);
        if (own >= tokens) {
            return this;
        }
        int width = context.dim(2);
        float[] data = java.util.Arrays.copyOf(context.data(), tokens * width);
        for (int token = own; token < tokens; token++) {
            System.arraycopy(data, (own - 1) * width, data, token * width, width);
        }
        return new Conditioning(FloatTensor.of(data, 1, tokens, width), vector);
    }
}
