package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** A CLIP image encoder in memory. */
public final class ImageEncoder {
    private final Session session;

    ImageEncoder(Session session) {
        this.session = session;
    }

    /** The side in pixels of the square that it looks at. */
    public int side() {
        return session.inputDim("pixels", 2);
    }

    /**
     * A picture's vector.
     *
     * @param pixels [1, 3, {@link #side}, {@link #side}], normalized
     * @return [1, d], not of length 1
     */
    public FloatTensor encode(FloatTensor pixels, CancelToken token) {
        session.shrinkAfterNextRun();
        return session.run(Map.of("pixels", pixels), List.of("vector"), token).get(0);
    }
}
