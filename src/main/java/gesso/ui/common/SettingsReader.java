package gesso.ui.common;

import gesso.request.GenerationRequest;
import java.nio.file.Path;
import java.util.List;

/** What a picture file says about how it was made. */
@FunctionalInterface
public interface SettingsReader {
    /**
     * What came of it.
     *
     * @param notes a sentence for each setting that could not be taken over
     */
    record Reading(GenerationRequest request, List<String> notes) {}

    /**
     * The request that the file's parameters ask for; what they do not say, and a model that is not installed, is taken from
     * {@code base}.
     *
     * @throws gesso.request.BadInput with a sentence, where there are none or the file cannot be read
     */
    Reading read(Path file, GenerationRequest base);
}
