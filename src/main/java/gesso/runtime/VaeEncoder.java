package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** A VAE's encoder in memory. */
public final class VaeEncoder {
    private final Session session;

    VaeEncoder(Session session) {
        this.session = session;
    }

    /**
     * The distribution of a picture's latents: normal, without covariance.
     *
     * @param mean [n, 4, h/8, w/8]
     * @param logvar of the same shape, −30..20
     */
    public record Moments(FloatTensor mean, FloatTensor logvar) {}

    /**
     * The latent of a picture.
     *
     * @param image [n, 3, h, w] in −1..1, h and w multiples of 8
     * @return latents to which the latent scale is still to be applied
     */
    public Moments encode(FloatTensor image, CancelToken token) {
        session.shrinkAfterNextRun();
        List<FloatTensor> out = session.run(Map.of("image", image), List.of("mean", "logvar"), token);
        return new Moments(out.get(0), out.get(1));
    }
}
