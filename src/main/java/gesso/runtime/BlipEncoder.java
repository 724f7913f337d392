package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** BLIP's image encoder in memory. */
public final class BlipEncoder {
    private final Session session;

    BlipEncoder(Session session) {
        this.session = session;
    }

    /**
     * A picture as the text decoder attends to it.
     *
     * @param image [1, n, v]
     * @param keys [layers, n, width]
     * @param values [layers, n, width]
     */
    public record Seen(FloatTensor image, FloatTensor keys, FloatTensor values) {}

    /** The side in pixels of the square that it looks at. */
    public int side() {
        return session.inputDim("pixels", 2);
    }

    /** What the decoder attends to; {@code pixels} are [1, 3, {@link #side}, {@link #side}], normalized. */
    public Seen encode(FloatTensor pixels, CancelToken token) {
        session.shrinkAfterNextRun();
        List<FloatTensor> out = session.run(Map.of("pixels", pixels), List.of("image", "keys", "values"), token);
        return new Seen(out.get(0), out.get(1), out.get(2));
    }
}
