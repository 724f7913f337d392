package gesso.prompt;

import gesso.request.Emphasis;
import gesso.tensor.FloatTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What weights do to the hidden states of text: A1111's {@code sd_emphasis} and ComfyUI's {@code encode_token_weights}. */
public final class EmphasisMath {
    private EmphasisMath() {}

    /**
     * Applies the chunks' weights to their encodings.
     *
     * @param hidden [n, 77, w], of the chunks in their order
     * @param counts how often each chunk counts in the mean that {@link Emphasis#ORIGINAL} keeps: A1111 encodes one text for each entry of a
     *     prompt's schedule, equal or not, and takes the mean over all of them
     * @param empty [1, 77, w], the empty prompt's, which {@link Emphasis#COMFY} needs; else null
     * @return a new tensor, or {@code hidden} itself where nothing changes
     */
    public static FloatTensor apply(
            Emphasis emphasis, FloatTensor hidden, List<TokenChunk> chunks, int[] counts, @Nullable FloatTensor empty) {
        boolean ignored = emphasis == Emphasis.NONE || emphasis == Emphasis.IGNORE;
        if (ignored || chunks.stream().noneMatch(TokenChunk::isWeighted)) {
            return hidden;
        }
        if (emphasis == Emphasis.COMFY) {
            if (empty == null) {
                throw new IllegalArgumentException("ComfyUI's emphasis needs the empty prompt");
            }
            return fromEmpty(hidden, chunks, empty);
        }
        FloatTensor weighted = multiply(hidden, chunks);
        if (emphasis == Emphasis.ORIGINAL) {
            scale(weighted.data(), (float) mean(hidden, counts) / (float) mean(weighted, counts));
        }
        return weighted;
    }

    /** z·w. */
    private static FloatTensor multiply(FloatTensor hidden, List<TokenChunk> chunks) {
        FloatTensor result = hidden.copy();
        float[] z = result.data();
        int width = hidden.dim(2);
        for (int row = 0; row < z.length / width; row++) {
            float weight = weight(chunks, row);
            for (int i = row * width; i < (row + 1) * width; i++) {
                z[i] *= weight;
            }
        }
        return result;
    }

    /** (z − z of nothing)·w + z of nothing. */
    private static FloatTensor fromEmpty(FloatTensor hidden, List<TokenChunk> chunks, FloatTensor empty) {
        FloatTensor result = hidden.copy();
        float[] z = result.data();
        float[] nothing = empty.data();
        int width = hidden.dim(2);
        for (int row = 0; row < z.length / width; row++) {
            float weight = weight(chunks, row);
            int zero = row % TokenChunk.LENGTH * width;
            for (int i = 0; weight != 1 && i < width; i++) {
                float none = nothing[zero + i];
                z[row * width + i] = (z[row * width + i] - none) * weight + none;
            }
        }
        return result;
    }

    private static float weight(List<TokenChunk> chunks, int row) {
        return chunks.get(row / TokenChunk.LENGTH).weights()[row % TokenChunk.LENGTH];
    }

    private static double mean(FloatTensor hidden, int[] counts) {
        float[] z = hidden.data();
        int chunk = z.length / counts.length;
        double sum = 0;
        long values = 0;
        for (int n = 0; n < counts.length; n++) {
            double part = 0;
            for (int i = n * chunk; i < (n + 1) * chunk; i++) {
                part += z[i];
            }
            sum += part * counts[n];
            values += (long) chunk * counts[n];
        }
        return sum / values;
    }

    private static void scale(float[] z, float factor) {
        for (int i = 0; i < z.length; i++) {
            z[i] *= factor;
        }
    }
}
