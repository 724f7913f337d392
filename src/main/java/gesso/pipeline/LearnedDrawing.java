package gesso.pipeline;

import gesso.image.control.LearnedPreprocessor;
import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.Size;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.PictureNetwork;
import gesso.tensor.FloatTensor;
import java.util.Arrays;

/** Draws control images with networks that the user has. */
final class LearnedDrawing {
    private static final int COLOURS = 4; // at most, where they come last

    private final Models models;
    private final NetworkLibrary library;
    private final CancelToken token;

    LearnedDrawing(Models models, NetworkLibrary library, CancelToken token) {
        this.models = models;
        this.library = library;
        this.token = token;
    }

    /** @throws gesso.request.BadInput where there is none of that name */
    LearnedPreprocessor find(String name) {
        return library.preprocessor(name);
    }

    /**
     * The control image, as large as the picture brought to the resolution.
     *
     * @param picture opaque
     * @param resolution of the shorter side
     */
    Picture draw(String name, Picture picture, int resolution) {
        LearnedPreprocessor asked = find(name);
        LearnedPreprocessor.Reading reading = asked.reading();
        Size drawn = LearnedPreprocessor.drawn(picture.size(), resolution);
        try (Lease<PictureNetwork> lease = models.preprocessor(asked.file(), reading.output(), reading.last())) {
            PictureNetwork network = lease.get();
            Size seen = asked.seen(drawn, network.width(), network.height());
            float[] given = asked.given(picture, seen, network.channels());
            FloatTensor answer =
                    network.draw(FloatTensor.of(given, 1, network.channels(), seen.height(), seen.width()), token);
            return drawn(asked, answer, drawn);
        }
    }

    /** [h, w], [1, h, w], [1, c, h, w] or [1, h, w, c]. */
    private static Picture drawn(LearnedPreprocessor asked, FloatTensor answer, Size size) {
        int[] shape = answer.shape();
        int rank = shape.length;
        boolean single = rank < 4 || shape[0] == 1;
        if (rank < 2 || rank > 4 || !single) {
            throw new GessoException("The preprocessor %s answers with numbers of the shape %s, which is no picture."
                    .formatted(asked.name(), Arrays.toString(shape)));
        }
        if (rank == 4 && shape[3] <= COLOURS && shape[1] > COLOURS) {
            return asked.drawn(coloursFirst(answer), shape[3], shape[2], shape[1], size);
        }
        int planes = rank == 2 ? 1 : shape[rank - 3];
        return asked.drawn(answer.data(), planes, shape[rank - 1], shape[rank - 2], size);
    }

    private static float[] coloursFirst(FloatTensor answer) {
        int colours = answer.dim(3);
        int pixels = answer.dim(1) * answer.dim(2);
        float[] out = new float[answer.size()];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < colours; c++) {
                out[c * pixels + i] = answer.data()[i * colours + c];
            }
        }
        return out;
    }
}
