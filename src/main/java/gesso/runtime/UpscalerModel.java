package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** A network in memory that makes pictures larger. */
public final class UpscalerModel {
    private final Session session;
    private final int scale;
    private final int multiple;
    private final int largest;

    UpscalerModel(Session session, int scale, int multiple, int largest) {
        this.session = session;
        this.scale = scale;
        this.multiple = multiple;
        this.largest = largest;
    }

    /** How much larger it makes a picture. */
    public int scale() {
        return scale;
    }

    /** The sides that it takes are multiples of this. */
    public int multiple() {
        return multiple;
    }

    /** The largest side that it takes. */
    public int largest() {
        return largest;
    }

    /**
     * The picture, larger.
     *
     * @param image [1, 3, h, w] in 0–1; h and w multiples of {@link #multiple}
     * @return [1, 3, scale·h, scale·w], about 0–1
     * @throws gesso.request.NotEnoughMemory where something smaller may do
     */
    public FloatTensor enlarge(FloatTensor image, CancelToken token) {
        session.shrinkAfterNextRun();
        return session.run(Map.of("image", image), List.of("made"), token).get(0);
    }
}
