package gesso.ui.common;

import gesso.request.Picture;
import java.nio.file.Path;

/** The pixels of a picture file. */
@FunctionalInterface
public interface PictureReader {
    /**
     * Reads the whole picture.
     *
     * @throws gesso.request.BadInput with a sentence, where it cannot be read
     */
    Picture read(Path file);
}
