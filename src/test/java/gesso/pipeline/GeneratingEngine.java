package gesso.pipeline;

import gesso.request.CancelToken;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Picture;
import gesso.request.PreprocessRequest;
import gesso.request.UpscaleRequest;

/** For tests: an engine that generates and can do nothing else. */
public interface GeneratingEngine extends Engine {
    @Override
    default Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Picture upscale(UpscaleRequest request, CancelToken token, Listener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Picture preprocess(PreprocessRequest request, CancelToken token, Listener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
