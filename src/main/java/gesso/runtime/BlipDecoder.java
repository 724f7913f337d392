package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** BLIP's text decoder in memory. */
public final class BlipDecoder {
    private final Session session;

    BlipDecoder(Session session) {
        this.session = session;
    }

    /**
     * How likely each token is to come next.
     *
     * @param ids the text so far
     * @return the vocabulary's logits
     */
    public float[] next(long[] ids, BlipEncoder.Seen seen, CancelToken token) {
        Map<String, Object> inputs = Map.of("ids", new long[][] {ids}, "keys", seen.keys(), "values", seen.values());
        FloatTensor logits = session.run(inputs, List.of("logits"), token).get(0);
        return logits.data();
    }
}
