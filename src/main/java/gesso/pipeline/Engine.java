package gesso.pipeline;

import gesso.image.GeneratedPicture;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Picture;
import gesso.request.PreprocessRequest;
import gesso.request.UpscaleRequest;
import java.util.function.Supplier;

/** What makes pictures, as the queue sees it. Called, and closed, on the queue's inference thread alone. */
public interface Engine extends AutoCloseable {
    /**
     * Makes the request's pictures, one after another, and hands each to the listener.
     *
     * @param request its seeds may be still to draw
     * @throws gesso.request.Cancelled soon after the token is cancelled
     * @throws gesso.request.GessoException with a sentence for the user, when it cannot be done
     */
    void generate(GenerationRequest request, CancelToken token, Listener listener);

    /**
     * Turns a picture into words.
     *
     * @throws gesso.request.Cancelled soon after the token is cancelled
     * @throws gesso.request.GessoException with a sentence for the user, when it cannot be done
     */
    Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener);

    /**
     * Makes a picture larger.
     *
     * @throws gesso.request.Cancelled soon after the token is cancelled
     * @throws gesso.request.GessoException with a sentence for the user, when it cannot be done
     */
    Picture upscale(UpscaleRequest request, CancelToken token, Listener listener);

    /**
     * Draws a control image with a network.
     *
     * @throws gesso.request.Cancelled soon after the token is cancelled
     * @throws gesso.request.GessoException with a sentence for the user, when it cannot be done
     */
    Picture preprocess(PreprocessRequest request, CancelToken token, Listener listener);

    @Override
    void close();

    /** Hears how the work goes, on the inference thread; it may not take long. */
    interface Listener {
        /** A network is being made ready: its name, e.g. "UNet". */
        void loading(String network);

        /** A step is done. */
        void step(Step step);

        /** Work without diffusion steps went on: {@code done} of {@code total} parts of what {@code task} names. */
        void progress(String task, int done, int total);

        /** The last step of a picture is done, and its latent is being turned into pixels. */
        void decoding(int picture);

        /** A picture is finished. */
        void picture(GeneratedPicture picture);

        /** What is kept of this work in case it is cut off; nothing unless somebody keeps it. */
        default KeptSteps kept() {
            return KeptSteps.NONE;
        }

        /** Something the user should know that is no failure (another device, another precision): one sentence. */
        void notice(String sentence);
    }

    /**
     * A step that is done.
     *
     * @param picture which picture of the request, from 0
     * @param pictures how many there are
     * @param index of the step, from 1
     * @param total steps of this picture
     * @param sigma the noise level before the step
     * @param preview makes a small picture of what is seen so far; only during the call
     */
    record Step(int picture, int pictures, int index, int total, double sigma, Supplier<Picture> preview) {}
}
