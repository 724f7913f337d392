package gesso.pipeline;

import gesso.image.metadata.EmbeddingPicture;
import gesso.weights.EmbeddingFile;
import gesso.weights.EmbeddingTable;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Path;

/** Textual inversions of all forms: files of weights, and pictures. */
public final class EmbeddingFiles {
    private EmbeddingFiles() {}

    /** Opens one. @throws gesso.request.BadInput where it is none, or broken */
    public static EmbeddingFile open(Path file) {
        return EmbeddingFile.of(weights(file));
    }

    /** What is in a file of weights of any kind, or in a picture that holds an embedding. @throws gesso.request.BadInput where it is neither */
    public static WeightFile weights(Path file) {
        return EmbeddingPicture.isNamed(file)
                ? EmbeddingTable.of(file, EmbeddingPicture.read(file))
                : WeightFiles.open(file);
    }
}
