package gesso.image.metadata;

import java.nio.file.Path;
import java.util.Optional;

/** Finds the files that an infotext names; either name or hash may be empty. The hash is what counts where both are known. */
public interface ModelFinder {
    Optional<Path> checkpoint(String name, String hash);

    Optional<Path> vae(String name, String hash);
}
