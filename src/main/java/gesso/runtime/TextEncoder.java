package gesso.runtime;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A CLIP text encoder in memory. */
public final class TextEncoder {
    private final Session session;
    private final int layers;

    TextEncoder(Session session, int layers) {
        this.session = session;
        this.layers = layers;
    }

    /** How many hidden layers it has; 0 for a foreign one that shows its last alone. */
    public int layers() {
        return layers;
    }

    private int width() {
        return session.inputDim("vectors", 1);
    }

    /**
     * Chunks of tokens, and the vectors of textual inversions in the place of some.
     *
     * @param ids [n][77], start and end included
     * @param places of the vectors, counted through all chunks
     * @param vectors one after another, each as wide as the encoder
     */
    public record Tokens(long[][] ids, long[] places, float[] vectors) {
        public static Tokens of(long[][] ids) {
            return new Tokens(ids, new long[0], new float[0]);
        }
    }

    /**
     * Encodes chunks of tokens.
     *
     * @param clipSkip 1 for the last hidden layer, 2 for the one before; beyond the first layer, the embeddings
     * @return [n, 77, width], after the final layer norm
     */
    public FloatTensor encode(Tokens tokens, int clipSkip, CancelToken token) {
        return run(tokens, clipSkip, List.of("normed"), token).get(0);
    }

    /** Whether it gives a pooled vector. */
    public boolean pools() {
        return session.hasOutput("pooled");
    }

    /**
     * A text's encoding and its summary.
     *
     * @param hidden [n, 77, width], without the final layer norm
     * @param pooled [n, width], each chunk's last state at its end token, normed and projected
     */
    public record Pooled(FloatTensor hidden, FloatTensor pooled) {}

    /** What SDXL takes of its second encoder (with a clip skip of 2). Only where it {@link #pools}. */
    public Pooled encodePooled(Tokens tokens, int clipSkip, CancelToken token) {
        List<FloatTensor> out = run(tokens, clipSkip, List.of("hidden", "pooled"), token);
        return new Pooled(out.get(0), out.get(1));
    }

    /** Like {@link #encode}, without the final layer norm, as SDXL takes it (with a clip skip of 2). */
    public FloatTensor encodePlain(Tokens tokens, int clipSkip, CancelToken token) {
        return run(tokens, clipSkip, List.of("hidden"), token).get(0);
    }

    private List<FloatTensor> run(Tokens tokens, int clipSkip, List<String> outputs, CancelToken token) {
        if (layers == 0 && clipSkip > 1) {
            throw new BadInput(
                    "This model's text encoder (an ONNX file) gives its last layer alone, and the one before is wanted: set"
                            + " clip skip to 1, or take the model in another form.");
        }
        long[] layer = {Math.max(0, layers + 1 - clipSkip)};
        session.shrinkAfterNextRun();
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("ids", tokens.ids());
        inputs.put("layer", layer);
        // An encoder of another program's making may know no textual inversions.
        if (session.hasInput("vectors")) {
            inputs.put("places", tokens.places());
            inputs.put("vectors", FloatTensor.of(tokens.vectors(), tokens.places().length, width()));
        }
        return session.run(inputs, outputs, token);
    }
}
