package gesso.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A file of named tensors, known from its header alone; values are read only when asked for. */
public interface WeightFile {
    /** The file itself, with links resolved. */
    Path path();

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
}
