package gesso.ui.common;

import gesso.library.NetworkKind;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The models that are installed.
 *
 * @param checkpoints the first is chosen where none is remembered
 * @param networks what goes with a checkpoint; a kind of which there is none may be missing
 * @param folder where an artist puts a model file
 */
public record ModelChoices(
        List<Checkpoint> checkpoints, List<Path> vaes, Map<NetworkKind, List<Network>> networks, Path folder) {
    public ModelChoices {
        checkpoints = List.copyOf(checkpoints);
        vaes = List.copyOf(vaes);
        networks = Map.copyOf(networks);
    }

    /** Those of one kind, by name. */
    public List<Network> of(NetworkKind kind) {
        return networks.getOrDefault(kind, List.of());
    }

    /**
     * Weights that go with a checkpoint.
     *
     * @param name as it is shown, and written in prompts
     * @param family the architecture that it was made for, in words; empty where the file does not say
     */
    public record Network(String name, Path file, String family) {
        /** Whether it works with the checkpoint, as far as both say what they are. */
        public boolean fits(Checkpoint checkpoint) {
            return family.isEmpty() || checkpoint.family().isEmpty() || family.equals(checkpoint.family());
        }
    }

    /**
     * A model.
     *
     * @param name as it is shown
     * @param nativeSize the size it was trained at, at which new pictures start
     * @param family its architecture, in words; empty where the file does not say
     * @param inpainting whether it was trained to fill masks, and is told of them beside the picture (9 channels)
     * @param instruct whether it edits a picture by instruction (8 channels)
     */
    public record Checkpoint(
            String name, Path file, Size nativeSize, String family, boolean inpainting, boolean instruct) {
        /** One that does not edit by instruction. */
        public Checkpoint(String name, Path file, Size nativeSize, String family, boolean inpainting) {
            this(name, file, nativeSize, family, inpainting, false);
        }
    }
}
