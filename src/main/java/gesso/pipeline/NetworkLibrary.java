package gesso.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks and embeddings that prompts can name. */
public interface NetworkLibrary {
    /** None at all. */
    NetworkLibrary EMPTY = new NetworkLibrary() {
        @Override
        public Optional<Path> lora(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> nearest(String name) {
            return List.of();
        }

        @Override
        public Map<String, Path> embeddings() {
            return Map.of();
        }
    };

    /** The file that a prompt means by {@code <lora:name:…>}. */
    Optional<Path> lora(String name);

    /** LoRAs that someone who wrote this name may have meant, the likeliest first. */
    List<String> nearest(String name);

    /** The textual inversions, by what prompts call them: their files' names, without the ending. */
    Map<String, Path> embeddings();
}
