package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.graph.BlipParts;
import gesso.image.NetworkPixels;
import gesso.request.CancelToken;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.runtime.BlipDecoder;
import gesso.runtime.BlipEncoder;
import gesso.runtime.Device;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.tensor.FloatTensor;
import gesso.weights.SafetensorsFile;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captions are, token by token, those of transformers' generate. */
class CaptionSearchTest {
    private static final Path RESOURCES = Path.of("src/test/resources/interrogate");
    private static final List<Integer> BEGINNING = List.of(62, 5, 6, 7);

    private final CancelToken token = new CancelToken();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"blip, 31", "blip-original, 42"})
    void theTokensAreThoseOfTransformers(String name, int end) throws IOException {
        WeightFile file = WordModels.write(name, folder);
        BlipParts parts = BlipParts.of(file);
        SafetensorsFile golden = SafetensorsFile.open(RESOURCES.resolve(name + ".safetensors"));
        int searched = 0;
        try (Models models = new Models(Device.CPU, 1L << 30, new Deaf());
                Lease<BlipEncoder> vision = models.blipVision(file, parts);
                Lease<BlipDecoder> text = models.blipText(file, parts)) {
            Picture picture = WordModels.picture(61, 50);
            BlipEncoder.Seen seen = vision.get().encode(NetworkPixels.blip(picture, 48), token);
            for (Weight weight : golden.weights().values()) {
                String[] words = weight.name().split("_", -1);
                if (!words[0].equals("caption")) {
                    continue;
                }
                CaptionSearch search = new CaptionSearch(
                        ids -> text.get().next(ids, seen, token),
                        end,
                        new Interrogator.Caption(
                                Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3])));
                List<Integer> ids = new ArrayList<>(BEGINNING);
                ids.addAll(search.from(BEGINNING).ids());
                assertEquals(ids(golden, weight), ids, weight.name());
                searched++;
            }
        }
        assertEquals(5, searched);
    }

    private static List<Integer> ids(SafetensorsFile file, Weight weight) {
        FloatTensor values = FloatTensor.zeros((int) weight.elements());
        file.read(weight, FloatBuffer.wrap(values.data()));
        List<Integer> ids = new ArrayList<>();
        for (float v : values.data()) {
            ids.add((int) v);
        }
        return ids;
    }

    /** Token 1 is certain, then 0, the end. */
    @Test
    void theEndIsNotTakenBeforeTheShortestLength() {
        CaptionSearch.Next next = ids -> ids[ids.length - 1] == 1 ? new float[] {9, 0, 1} : new float[] {0, 9, 1};
        CaptionSearch.Found found = new CaptionSearch(next, 0, new Interrogator.Caption(1, 4, 9)).from(List.of(2));
        assertEquals(List.of(1, 2, 1, 0), found.ids());
    }

    private static final class Deaf implements Models.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void notice(String sentence) {
            throw new AssertionError(Objects.requireNonNull(sentence));
        }
    }
}
