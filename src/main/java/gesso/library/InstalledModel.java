package gesso.library;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of weights that was found.
 *
 * @param name as it is shown and asked for: the file's name without its ending
 * @param folder the model folder it was found in
 * @param size in bytes
 * @param hash 64 hexadecimal digits; null: not computed yet
 */
public record InstalledModel(
        String name,
        Path path,
        Path folder,
        long size,
        @Nullable String hash) {
    /** The name with the short hash, as A1111 shows it: {@code name [0123456789]}. */
    public String title() {
        return hash == null ? name : name + " [" + HashCache.shortened(hash) + "]";
    }
}
