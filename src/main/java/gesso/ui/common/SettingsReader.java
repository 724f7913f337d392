package gesso.ui.common;

import gesso.request.GenerationRequest;
import java.nio.file.Path;

/** What a picture file says about how it was made. */
@FunctionalInterface
public interface SettingsReader {
    /**
     * The request that the file's parameters ask for; what they do not say, and a model that is not installed, is taken from
     * {@code base}.
     *
     * @throws gesso.request.BadInput with a sentence, where there are none or the file cannot be read
     */
    GenerationRequest read(Path file, GenerationRequest base);
}
