package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.image.metadata.EmbeddingPicture;
import gesso.request.BadInput;
import gesso.weights.EmbeddingFile;
import gesso.weights.EmbeddingTable;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings in pictures, as A1111's own module writes them (src/test/goldens/embeddings). */
class EmbeddingFilesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/embeddings");

    @ParameterizedTest
    @CsvSource({"text.png, two, glimmer", "pixels.png, three, zorbl"})
    void aPictureHoldsItsVectorsAndItsName(String picture, String values, String name) {
        WeightFile weights = EmbeddingFiles.weights(GOLDENS.resolve(picture));
        assertEquals(ModelKind.EMBEDDING, ModelInfo.of(weights).kind());
        assertEquals(name, weights.metadata().get("name"));
        EmbeddingFile file = EmbeddingFiles.open(GOLDENS.resolve(picture));
        assertEquals(List.of(128), file.widths());
        float[] expected = expected(values);
        assertEquals(expected.length / 128, file.vectors());
        float[][] read = file.read(0);
        for (int i = 0; i < read.length; i++) {
            assertArrayEquals(Arrays.copyOfRange(expected, i * 128, i * 128 + 128), read[i]);
        }
    }

    private static float[] expected(String name) {
        WeightFile file = WeightFiles.open(GOLDENS.resolve("values.safetensors"));
        Weight weight = Objects.requireNonNull(file.weights().get(name));
        FloatBuffer values = FloatBuffer.allocate((int) weight.elements());
        file.read(weight, values);
        return values.array();
    }

    @Test
    void aPictureThatHoldsNoneIsSaidToHoldNone() {
        assertEquals(Optional.empty(), EmbeddingPicture.read(GOLDENS.resolve("two.png")));
        BadInput e = assertThrows(BadInput.class, () -> EmbeddingFiles.open(GOLDENS.resolve("two.png")));
        assertEquals("two.png is a picture that holds no embedding.", e.sentence());
    }

    @Test
    void aConceptOfDiffusersIsOneVector() {
        EmbeddingFile file = EmbeddingFile.of(table("{\"<cat>\": {\"TORCHTENSOR\": [0.5, -1e-3, 2]}}"));
        assertEquals(1, file.vectors());
        assertArrayEquals(new float[] {0.5f, -0.001f, 2}, file.read(0)[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"string_to_param\": 7}",
                "{\"string_to_param\": {\"*\": {\"TORCHTENSOR\": [[1, 2], [3]]}}}",
                "{\"string_to_param\": {\"*\": {\"TORCHTENSOR\": []}}}",
                "{\"string_to_param\": {\"*\": {\"TORCHTENSOR\": \"x\"}}}",
                "{\"string_to_param\": {\"*\": {\"TORCHTENSOR\": [[[1], [2]], [[3], [4]]]}}}",
                "{\"a\": {\"TORCHTENSOR\": [1]}, \"b\": {\"TORCHTENSOR\": [1]}}",
            })
    void whatIsNoTableGetsASentence(String json) {
        BadInput e = assertThrows(BadInput.class, () -> EmbeddingFile.of(table(json)));
        assertEquals(0, e.sentence().indexOf("x.png "), e.sentence());
    }

    private static EmbeddingTable table(String json) {
        return EmbeddingTable.parse(Path.of("x.png"), json.getBytes(StandardCharsets.UTF_8));
    }
}
