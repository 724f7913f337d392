package gesso.ui.common;

import gesso.request.Picture;
import gesso.request.UpscaleRequest;
import java.nio.file.Path;

/** Where pictures go that were made larger. */
@FunctionalInterface
public interface UpscaledStore {
    /**
     * Writes one, whole or not at all, beside the one that it was made of.
     *
     * @param source the file that it was made of; what is said in it of how it was made stays
     * @throws gesso.request.GessoException with a sentence, when it cannot be written
     */
    Path save(Picture picture, Path source, UpscaleRequest request);
}
