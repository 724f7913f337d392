package gesso.pipeline;

import gesso.image.control.LearnedPreprocessor;
import gesso.request.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks and embeddings that prompts and ControlNets can name, and what may take the place of what a checkpoint lacks. */
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

    /** All VAEs. */
    default List<Path> vaes() {
        return List.of();
    }

    /** All text encoders that are files of their own. */
    default List<Path> textEncoders() {
        return List.of();
    }

    /** All checkpoints. */
    default List<Path> checkpoints() {
        return List.of();
    }

    /**
     * The preprocessor, among those that are networks, that a user means.
     *
     * @throws gesso.request.BadInput with the nearest names where there is none
     */
    default LearnedPreprocessor preprocessor(String name) {
        throw new BadInput("There is no preprocessor \"%s\".".formatted(name));
    }
}
