package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.graph.BlipParts;
import gesso.graph.ClipParts;
import gesso.image.NetworkPixels;
import gesso.pipeline.WordModels;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import gesso.weights.SafetensorsFile;
import gesso.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CLIP and BLIP give what transformers gives. */
class InterrogationNetworksTest {
    private static final Path RESOURCES = Path.of("src/test/resources/interrogate");

    private final CancelToken token = new CancelToken();

    @TempDir
    Path folder;

    private static Golden golden(String name) {
        return new Golden(SafetensorsFile.open(RESOURCES.resolve(name + ".safetensors")));
    }

    private static Models models() {
        return new Models(Device.CPU, 1L << 30, new Quiet());
    }

    @ParameterizedTest
    @CsvSource({"61, 50", "50, 61", "20, 9", "32, 100"})
    void pixelsAreThoseOfTheClipAndBlipPrograms(int width, int height) {
        Golden golden = golden("pixels");
        String size = width + "x" + height;
        FloatTensor clip = NetworkPixels.clip(WordModels.picture(width, height), 32);
        golden.check("clip_" + size, clip.reshaped(3, 32, 32));
        FloatTensor blip = NetworkPixels.blip(WordModels.picture(width, height), 48);
        golden.check("blip_" + size, blip.reshaped(3, 48, 48));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip", "clip-open"})
    void clip(String name) throws IOException {
        WeightFile file = WordModels.write(name, folder);
        ClipParts parts = ClipParts.of(file);
        Golden golden = golden(name);
        try (Models models = models();
                Lease<ImageEncoder> vision = models.clipVision(file, parts);
                Lease<TextEncoder> text = models.clipText(file, parts)) {
            assertEquals(32, vision.get().side());
            golden.check("image", vision.get().encode(NetworkPixels.clip(WordModels.picture(61, 50), 32), token));
            golden.check(
                    "text",
                    text.get()
                            .encodePooled(TextEncoder.Tokens.of(golden.ids()), 1, token)
                            .pooled());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blip", "blip-original"})
    void blip(String name) throws IOException {
        WeightFile file = WordModels.write(name, folder);
        BlipParts parts = BlipParts.of(file);
        Golden golden = golden(name);
        try (Models models = models();
                Lease<BlipEncoder> vision = models.blipVision(file, parts);
                Lease<BlipDecoder> text = models.blipText(file, parts)) {
            BlipEncoder.Seen seen = vision.get().encode(NetworkPixels.blip(WordModels.picture(61, 50), 48), token);
            golden.check("image", seen.image());
            float[] logits = text.get().next(new long[] {62, 5, 6, 7}, seen, token);
            golden.check("logits", FloatTensor.of(logits, 1, logits.length));
        }
    }

    @Test
    void aFileWithoutTheNetworkIsRefusedInASentence() throws IOException {
        WeightFile clip = WordModels.write("clip", folder);
        WeightFile blip = WordModels.write("blip", folder);
        assertTrue(assertThrows(BadInput.class, () -> ClipParts.of(blip))
                .sentence()
                .startsWith("blip.safetensors holds"));
        assertTrue(assertThrows(BadInput.class, () -> BlipParts.of(clip))
                .sentence()
                .startsWith("clip.safetensors holds"));
    }

    /** OpenCLIP's settings say where a model of its naming was trained with OpenAI's activation. */
    @Test
    void theActivationIsReadFromTheSettingsBeside() throws IOException {
        WeightFile file = WordModels.write("clip-open", folder);
        assertEquals(false, ClipParts.of(file).quickGelu());
        Files.writeString(folder.resolve("open_clip_config.json"), "{\"model_cfg\": {\"quick_gelu\": true}}");
        assertEquals(true, ClipParts.of(file).quickGelu());
    }
}
