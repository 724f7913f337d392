package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a network is told beside the latent and its noise.
 *
 * @param context the text encoder's hidden states, [1, 77·chunks, width]
 * @param vector SDXL's pooled text with the size conditioning, [1, width]; null where the network takes none
 * @param channels what it sees as more channels of the latent: mask and masked picture, [1, 5, h, w], or the picture to edit,
 *     [1, 4, h, w]; null where it takes none
 */
public record Conditioning(
        FloatTensor context,
        @Nullable FloatTensor vector,
        @Nullable FloatTensor channels) {
    /** A prompt's, without more channels. */
    public Conditioning(FloatTensor context, @Nullable FloatTensor vector) {
        this(context, vector, null);
    }

    /** With the last token's states repeated up to {@code tokens}, as A1111 pads the shorter parts joined by AND. */
    Conditioning padded(int tokens) {
        int own = context.dim(1);
        if (own >= tokens) {
            return this;
        }
        int width = context.dim(2);
        float[] data = Arrays.copyOf(context.data(), tokens * width);
        for (int token = own; token < tokens; token++) {
            System.arraycopy(data, (own - 1) * width, data, token * width, width);
        }
        return new Conditioning(FloatTensor.of(data, 1, tokens, width), vector, channels);
    }

    Conditioning beside(FloatTensor picture) {
        return new Conditioning(context, vector, picture);
    }
}
