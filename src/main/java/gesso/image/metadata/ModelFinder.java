package gesso.image.metadata;

import java.nio.file.Path;
import java.util.Optional;

/** Finds the files that an infotext names; either name or hash may be empty. The hash is what counts where both are known. */
public interface ModelFinder {
    Optional<Path> checkpoint(String name, String hash);

    Optional<Path> vae(String name, String hash);

    /** A ControlNet by its name; A1111's extension writes a hash of another kind than is kept here. */
    default Optional<Path> controlNet(String name) {
        return Optional.empty();
    }
}
