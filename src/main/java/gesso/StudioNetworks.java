package gesso;

import gesso.image.control.LearnedPreprocessor;
import gesso.library.LibraryEntry;
import gesso.library.NetworkFolders;
import gesso.library.PreprocessorFiles;
import gesso.library.Shelf;
import gesso.pipeline.NetworkLibrary;
import gesso.weights.ModelKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The user's networks, as the pipeline asks for them.
 *
 * @param models everything in the library, when it is asked for
 */
record StudioNetworks(NetworkFolders folders, PreprocessorFiles preprocessors, Supplier<List<LibraryEntry>> models)
        implements NetworkLibrary {
    @Override
    public Optional<Path> lora(String name) {
        return folders.lora(name);
    }

    @Override
    public List<String> nearest(String name) {
        return folders.nearest(name);
    }

    @Override
    public Map<String, Path> embeddings() {
        return folders.embeddingsByName();
    }

    @Override
    public LearnedPreprocessor preprocessor(String name) {
        return preprocessors.find(name);
    }

    @Override
    public List<Path> vaes() {
        return paths(entry -> entry.shelf() == Shelf.VAE);
    }

    @Override
    public List<Path> textEncoders() {
        return paths(entry -> entry.facts() != null && entry.facts().kind().equals(ModelKind.TEXT_ENCODER.label()));
    }

    @Override
    public List<Path> checkpoints() {
        return paths(entry -> entry.shelf() == Shelf.CHECKPOINT);
    }

    private List<Path> paths(Predicate<LibraryEntry> wanted) {
        return models.get().stream().filter(wanted).map(LibraryEntry::path).toList();
    }
}
