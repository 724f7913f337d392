package gesso.ui.generate;

import gesso.ui.common.Background;
import gesso.ui.common.TokenCounter;
import java.util.function.IntConsumer;

/** Counts tokens in the background: of texts that change quickly, the ones in between may be counted in vain. */
public final class TokenCount {
    /** What the model reads at a time. */
    public static final int CHUNK = 75;

    private final Background background;
    private final TokenCounter counter;

    public TokenCount(Background background, TokenCounter counter) {
        this.background = background;
        this.counter = counter;
    }

    void of(String text, IntConsumer then) {
        background.run(() -> counter.count(text), then::accept);
    }

    /** The room that so many tokens take: whole chunks, at least one. */
    static int room(int tokens) {
        return Math.max(1, (tokens + CHUNK - 1) / CHUNK) * CHUNK;
    }
}
