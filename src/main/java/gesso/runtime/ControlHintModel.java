package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** The part of a ControlNet that reads the control image, in memory. */
public final class ControlHintModel {
    private final Session session;

    ControlHintModel(Session session) {
        this.session = session;
    }

    /**
     * What the ControlNet makes of a control image.
     *
     * @param image [1, 3, h, w] in 0–1, −1 where an inpainting ControlNet is to fill
     * @return [1, c, h/8, w/8]
     */
    public FloatTensor read(FloatTensor image, CancelToken token) {
        return session.run(Map.of("image", image), List.of("hint"), token).get(0);
    }
}
