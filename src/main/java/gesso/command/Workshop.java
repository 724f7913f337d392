package gesso.command;

import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.library.Gallery;
import gesso.library.InterrogationModels;
import gesso.library.ModelAdding;
import gesso.library.ModelFacts;
import gesso.library.ModelFolders;
import gesso.library.ModelLibrary;
import gesso.library.preset.Presets;
import gesso.prompt.NamedNetwork;
import gesso.prompt.Styles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the commands work with. The program's real one is wired where everything is; tests bring their own. */
public interface Workshop {
    ModelFolders models();

    /** What all the files in the model folders are. */
    ModelLibrary library();

    /** What adds models. */
    ModelAdding adding();

    /** Where pictures go when nothing else is said. */
    Gallery gallery();

    /** The user's styles. @throws gesso.request.BadInput where their file cannot be read */
    Styles styles();

    /** The presets that ship, and the user's. */
    Presets presets();

    /**
     * What turns pictures into words.
     *
     * @param lists a folder of word lists in place of the usual ones; null: those
     */
    InterrogationModels interrogation(@Nullable Path lists);

    /** What a file of weights, or a folder of them, is. @throws gesso.request.BadInput if it cannot be read */
    ModelFacts facts(Path model);

    /**
     * What a LoRA or an embedding says of itself beyond that, by name; empty for other files.
     *
     * @throws gesso.request.BadInput if it cannot be read
     */
    default Map<String, String> networkFacts(Path model) {
        return Map.of();
    }

    /**
     * The other hashes that sites and programs know a model by, by their names: {@code autov1}, {@code autov3}.
     *
     * @throws gesso.request.BadInput if it cannot be read
     */
    default Map<String, String> otherHashes(Path model) {
        return Map.of();
    }

    /** The networks and embeddings that a prompt names, those too that are not there. */
    default List<NamedNetwork> networks(String prompt) {
        return List.of();
    }

    /** All devices, best first. */
    List<DeviceState> devices();

    /**
     * A queue that runs at once; whoever asked for it closes it.
     *
     * @param device a device's id, or "auto"; a job fails with a BadInput where there is no such device
     * @param store where its pictures go
     * @param chosen is told the id of the device that it runs on
     * @param notice is told, in a sentence, where that is not the one that was asked for
     */
    JobQueue queue(String device, PictureStore store, Consumer<String> chosen, Consumer<String> notice);

    /** The most memory that was resident at once, in bytes; empty where the system does not tell. */
    OptionalLong peakMemory();

    /** A device: its id for {@code --device}, its name, and why it cannot run (empty where it can). */
    record DeviceState(String id, String name, Optional<String> problem) {}
}
