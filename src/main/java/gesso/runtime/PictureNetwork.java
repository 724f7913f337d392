package gesso.runtime;

import gesso.graph.PictureGraph;
import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** A foreign network in memory that draws a picture of a picture. */
public final class PictureNetwork {
    private final Session session;
    private final int channels;
    private final int width;
    private final int height;

    PictureNetwork(Session session, int channels, int width, int height) {
        this.session = session;
        this.channels = channels;
        this.width = width;
        this.height = height;
    }

    /** 3, or 1: it takes grey. */
    public int channels() {
        return channels;
    }

    /** The only width that it takes; −1: any. */
    public int width() {
        return width;
    }

    /** The only height that it takes; −1: any. */
    public int height() {
        return height;
    }

    /**
     * What it draws, in the shape that it gives.
     *
     * @param image [1, channels, h, w]
     */
    public FloatTensor draw(FloatTensor image, CancelToken token) {
        session.shrinkAfterNextRun();
        return session.run(Map.of(PictureGraph.IMAGE, image), List.of(PictureGraph.DRAWN), token)
                .get(0);
    }
}
