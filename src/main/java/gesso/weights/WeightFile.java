package gesso.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of named tensors, known from its header alone; values are read only when asked for. What lies in several files is
 * seen as one too.
 */
public interface WeightFile {
    /** The file itself, or the folder of its files, with links resolved. */
    Path path();

    /** The file that a tensor's {@link Weight#offset} counts in, with links resolved. */
    default Path path(Weight weight) {
        return path();
    }

    /** All files that are read. */
    default List<Path> files() {
        return List.of(path());
    }

    /**
     * A network that is an ONNX file already; empty where it is to be built from the tensors.
     *
     * @param folder as diffusers names it: unet, vae_decoder, vae_encoder, text_encoder, text_encoder_2
     */
    default Optional<Path> network(String folder) {
        return Optional.empty();
    }

    /** How it lies on the disk. */
    default Form form() {
        return Form.FILE;
    }

    /** What an artist calls it: the file's name without its ending, or the folder's. */
    default String name() {
        String file = Faults.name(path());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The tensors by name, in the file's order. */
    Map<String, Weight> weights();

    /** The file's own notes ({@code __metadata__} of safetensors); empty where it has none. */
    Map<String, String> metadata();

    /**
     * Reads one tensor as floats, converting whatever type it has; {@code out} takes {@link Weight#elements} values from its
     * position. May be called from several threads at once.
     *
     * @throws gesso.request.BadInput where the file can no longer be read
     */
    void read(Weight weight, FloatBuffer out);

    /**
     * What makes the tensors under a prefix others than those at {@link #path}: networks that are laid over them, with their
     * strengths. Equal where the tensors are equal.
     */
    default Object variant(String prefix) {
        return "";
    }
}
