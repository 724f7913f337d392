package gesso;

import gesso.library.NetworkFolders;
import gesso.pipeline.NetworkLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The user's networks, as the pipeline asks for them. */
record StudioNetworks(NetworkFolders folders) implements NetworkLibrary {
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
}
