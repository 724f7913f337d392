package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.graph.TinyVae;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.RenamedWeights;
import gesso.weights.SafetensorsFile;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TAESD gives what diffusers' AutoencoderTiny gives, under all the names that its files have. */
class TinyVaeTest {
    private static final SafetensorsFile FILE =
            SafetensorsFile.open(Path.of("src/test/resources/forms/tiny.safetensors"));

    private final CancelToken token = new CancelToken();

    /** diffusers counts the decoder's layers from its first convolution, the program itself from the bound before it. */
    private static String own(String name, String decoder, String encoder) {
        if (name.startsWith("decoder.layers.")) {
            String[] parts = name.substring(15).split("\\.", 2);
            return decoder + (Integer.parseInt(parts[0]) + 1) + "." + parts[1];
        }
        return name.startsWith("encoder.layers.") ? encoder + name.substring(15) : "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusers", "both", "program"})
    void decodesAndEncodes(String form) {
        UnaryOperator<String> names =
                switch (form) {
                    case "diffusers" -> name -> name.contains("layers") ? name : "";
                    case "both" -> name -> own(name, "taesd_decoder.", "taesd_encoder.");
                    default -> name -> own(name, "decoder.", "encoder.");
                };
        WeightFile file = RenamedWeights.of(FILE, names);
        assertEquals(ModelKind.TINY_VAE, ModelInfo.of(file).kind());
        assertTrue(TinyVae.is(file));
        Golden golden = new Golden(FILE);
        try (Models models = new Models(Device.CPU, Models.defaultBudget(), new Quiet());
                Lease<VaeDecoder> decoder = models.vaeDecoder(file);
                Lease<VaeEncoder> encoder = models.vaeEncoder(file)) {
            golden.check("decoded", decoder.get().decode(golden.get("latent"), token));
            golden.check(
                    "encoded", encoder.get().encode(golden.get("image"), token).mean());
        }
    }

    @Test
    void aDecoderAlone() {
        WeightFile file = RenamedWeights.of(FILE, name -> name.startsWith("decoder") ? own(name, "", "") : "");
        try (Models models = new Models(Device.CPU, Models.defaultBudget(), new Quiet())) {
            try (Lease<VaeDecoder> decoder = models.vaeDecoder(file)) {
                Golden golden = new Golden(FILE);
                golden.check("decoded", decoder.get().decode(golden.get("latent"), token));
            }
            String sentence =
                    assertThrows(BadInput.class, () -> models.vaeEncoder(file)).sentence();
            assertTrue(sentence.contains("without its encoder"), sentence);
        }
    }
}
