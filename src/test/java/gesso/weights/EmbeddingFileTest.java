package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Textual inversions as programs write them (src/test/goldens/embeddings). */
class EmbeddingFileTest {
    private static final Path GOLDENS = Path.of("src/test/resources/embeddings");

    @ParameterizedTest
    @CsvSource({"zorbl.pt, two", "zorbl-trained.pt, two", "kwyjibo three.safetensors, three"})
    void holdsItsVectors(String name, String values) {
        EmbeddingFile file = EmbeddingFile.open(GOLDENS.resolve(name));
        float[] expected = expected(values);
        assertEquals(List.of(128), file.widths());
        assertEquals(expected.length / 128, file.vectors());
        float[][] read = file.read(0);
        for (int i = 0; i < read.length; i++) {
            for (int j = 0; j < 128; j++) {
                assertEquals(expected[i * 128 + j], read[i][j]);
            }
        }
    }

    @Test
    void aConceptOfDiffusersIsOneVector() {
        EmbeddingFile file = EmbeddingFile.open(GOLDENS.resolve("vmagi.bin"));
        assertEquals(1, file.vectors());
        assertEquals(List.of(128), file.widths());
    }

    @Test
    void oneOfSdxlHasVectorsForBothEncoders() {
        EmbeddingFile file = EmbeddingFile.open(GOLDENS.resolve("gribnix.safetensors"));
        assertEquals(2, file.vectors());
        assertEquals(List.of(64, 128), file.widths());
        assertEquals(64, file.read(0)[1].length);
        assertEquals(128, file.read(1)[1].length);
    }

    @Test
    void severalInOneFileAreRefused() {
        assertThrows(BadInput.class, () -> EmbeddingFile.open(GOLDENS.resolve("values.safetensors")));
    }

    private static float[] expected(String name) {
        WeightFile file = WeightFiles.open(GOLDENS.resolve("values.safetensors"));
        Weight weight = Objects.requireNonNull(file.weights().get(name));
        FloatBuffer values = FloatBuffer.allocate((int) weight.elements());
        file.read(weight, values);
        return values.array();
    }
}
