package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** A VAE's decoder in memory. */
public final class VaeDecoder {
    private final Session session;

    VaeDecoder(Session session) {
        this.session = session;
    }

    /**
     * The picture of a latent.
     *
     * @param latent [n, 4, h, w], the latent scale already divided out
     * @return [n, 3, 8h, 8w], about −1..1
     */
    public FloatTensor decode(FloatTensor latent, CancelToken token) {
        session.shrinkAfterNextRun();
        return session.run(Map.of("latent", latent), List.of("image"), token).get(0);
    }
}
