package gesso.runtime;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
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

    /**
     * Encodes chunks of tokens.
     *
     * @param ids [n][77], start and end included
     * @param clipSkip 1 for the last hidden layer, 2 for the one before; beyond the first layer, the embeddings
     * @return [n, 77, width], after the final layer norm
     */
    public FloatTensor encode(long[][] ids, int clipSkip, CancelToken token) {
        return run(ids, clipSkip, List.of("normed"), token).get(0);
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
    public Pooled encodePooled(long[][] ids, int clipSkip, CancelToken token) {
        List<FloatTensor> out = run(ids, clipSkip, List.of("hidden", "pooled"), token);
        return new Pooled(out.get(0), out.get(1));
    }

    /** Like {@link #encode}, without the final layer norm, as SDXL takes it (with a clip skip of 2). */
    public FloatTensor encodePlain(long[][] ids, int clipSkip, CancelToken token) {
        return run(ids, clipSkip, List.of("hidden"), token).get(0);
    }

    private List<FloatTensor> run(long[][] ids, int clipSkip, List<String> outputs, CancelToken token) {
        if (layers == 0 && clipSkip > 1) {
            throw new BadInput(
                    "This model's text encoder (an ONNX file) gives its last layer alone, and the one before is wanted: set"
                            + " clip skip to 1, or take the model in another form.");
        }
        long[] layer = {Math.max(0, layers + 1 - clipSkip)};
        session.shrinkAfterNextRun();
        return session.run(Map.of("ids", ids, "layer", layer), outputs, token);
    }
}
