package gesso.prompt;

import java.util.List;

/** The text network, as encoding a prompt needs it. */
@FunctionalInterface
public interface TextEncoder {
    /** Encodes n chunks, each by itself, without regard to their weights: the hidden states [n, 77, w], and the pooled vectors if the network has them. */
    TextEncoding encode(List<TokenChunk> chunks);
}
