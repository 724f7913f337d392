package gesso.pipeline;

import gesso.request.CancelToken;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;

/** For tests: an engine that generates and can do nothing else. */
public interface GeneratingEngine extends Engine {
    @Override
    default Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
