package gesso.ui.common;

import gesso.request.Size;
import java.nio.file.Path;
import java.util.List;

/**
 * The models that are installed.
 *
 * @param checkpoints the first is chosen where none is remembered
 * @param folder where an artist puts a model file
 */
public record ModelChoices(List<Checkpoint> checkpoints, List<Path> vaes, Path folder) {
    public ModelChoices {
        checkpoints = List.copyOf(checkpoints);
        vaes = List.copyOf(vaes);
    }

    /**
     * A model.
     *
     * @param name as it is shown
     * @param nativeSize the size it was trained at, at which new pictures start
     * @param inpainting whether it was trained to fill masks, and is told of them beside the picture (9 channels)
     */
    public record Checkpoint(String name, Path file, Size nativeSize, boolean inpainting) {}
}
