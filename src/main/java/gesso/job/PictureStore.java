package gesso.job;

import gesso.image.GeneratedPicture;
import java.nio.file.Path;

/** Where finished pictures go. Called on an io thread. */
@FunctionalInterface
public interface PictureStore {
    /**
     * Writes a picture, whole or not at all.
     *
     * @throws gesso.request.GessoException with a sentence, when it cannot be written
     */
    Path save(GeneratedPicture picture);

    /** The same for a picture that may have been written before a crash: where it is there already, that is its place. */
    default Path saveUnlessThere(GeneratedPicture picture) {
        return save(picture);
    }
}
