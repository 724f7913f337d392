package gesso.runtime;

import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** A tagger in memory: a network that looks at a square of colours, channels last, and scores each of its tags. */
public final class TagNetwork {
    private static final int COLOURS = 3;

    private final Session session;

    TagNetwork(Session session) {
        this.session = session;
    }

    /**
     * The side in pixels of the square that it looks at.
     *
     * @throws GessoException where it takes something else
     */
    public int side() {
        String input = session.firstInput();
        if (session.inputRank(input) == 4 && session.inputDim(input, 3) == COLOURS) {
            int side = session.inputDim(input, 1);
            if (side > 0 && side == session.inputDim(input, 2)) {
                return side;
            }
        }
        throw new GessoException(
                "The tagger takes no square picture with its colours last, as WD14's and DeepDanbooru's ONNX files do. Choose one of those.");
    }

    /**
     * The scores of all tags.
     *
     * @param pixels [1, {@link #side}, {@link #side}, 3]
     */
    public float[] scores(FloatTensor pixels, CancelToken token) {
        session.shrinkAfterNextRun();
        return session.run(Map.of(session.firstInput(), pixels), List.of(session.firstOutput()), token)
                .get(0)
                .data();
    }
}
