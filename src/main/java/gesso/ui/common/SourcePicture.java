package gesso.ui.common;

import gesso.request.Picture;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A picture that was brought into the window: to start from, as a mask, or to control with.
 *
 * @param name what the user knows it as; empty where it has none
 * @param file where it lies; null for one that was pasted, or came with another picture's settings
 */
public record SourcePicture(
        Picture picture, String name, @Nullable Path file) {
    /** One without a file. */
    public static SourcePicture of(Picture picture) {
        return new SourcePicture(picture, "", null);
    }
}
