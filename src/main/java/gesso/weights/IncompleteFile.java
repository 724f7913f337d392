package gesso.weights;

import gesso.request.BadInput;

/** The file is shorter than it says it is: it is still being copied, or the copy was cut off. It may be whole later. */
public final class IncompleteFile extends BadInput {
    IncompleteFile(String sentence) {
        super(sentence);
    }
}
