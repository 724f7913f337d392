package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.FamilyCheckpoints;
import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold only what differs from a UNet: the sums, by the formulas, in double precision. */
class ControlWeightsTest {
    private static final String UNET = "model.diffusion_model.";
    private static final String KEY = "input_blocks.1.1.transformer_blocks.0.attn1.to_q.weight";
    private static final String CONV = "input_blocks.1.0.in_layers.2.weight";

    @TempDir
    Path folder;

    private FamilyCheckpoints files;
    private WeightFile base;

    @BeforeEach
    void open() {
        files = new FamilyCheckpoints(folder, "control");
        base = WeightFiles.open(files.file("sd1"));
    }

    private WeightFile written(String name, Map<String, long[]> shapes) {
        Path file = folder.resolve(name + ".safetensors");
        SyntheticCheckpoint.write(file, shapes, DType.F16);
        return WeightFiles.open(file);
    }

    private static Weight weight(WeightFile file, String key) {
        return Objects.requireNonNull(file.weights().get(key));
    }

    private static float[] values(WeightFile file, String key) {
        Weight weight = weight(file, key);
        float[] values = new float[(int) weight.elements()];
        file.read(weight, FloatBuffer.wrap(values));
        return values;
    }

    @Test
    void aDifferenceIsPutToTheUNet() {
        Map<String, long[]> shapes = new LinkedHashMap<>(files.shapes("sd1-ldm"));
        shapes.put("control_model.difference", new long[] {1});
        WeightFile difference = written("difference", shapes);
        WeightFile whole = ControlWeights.of(difference, base, UNET);
        for (String key : new String[] {KEY, CONV}) {
            float[] sum = values(base, UNET + key);
            float[] change = values(difference, "control_model." + key);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += change[i];
            }
            assertArrayEquals(sum, values(whole, key), key);
        }
        String own = "zero_convs.0.0.weight";
        assertArrayEquals(values(difference, "control_model." + own), values(whole, own));
    }

    @Test
    void aControlLorasMatricesArePutToTheUNet() {
        WeightFile lora = written("lora", lora(3));
        WeightFile whole = ControlWeights.of(lora, base, UNET);
        for (String key : new String[] {KEY, CONV}) {
            String stem = key.substring(0, key.length() - ".weight".length());
            float[] wanted = values(base, UNET + key);
            float[] up = values(lora, stem + ".up");
            float[] down = values(lora, stem + ".down");
            int columns = down.length / 3;
            for (int i = 0; i < wanted.length; i++) {
                double sum = wanted[i];
                for (int r = 0; r < 3; r++) {
                    sum += (double) up[i / columns * 3 + r] * down[r * columns + i % columns];
                }
                wanted[i] = (float) sum;
            }
            assertArrayEquals(wanted, values(whole, key), 1e-6f, key);
        }
        String untouched = "time_embed.0.weight";
        assertArrayEquals(values(base, UNET + untouched), values(whole, untouched));
        assertEquals(weight(base, UNET + KEY).shape().length, weight(whole, KEY).shape().length);
    }

    @Test
    void matricesOfAnotherWidthAreRefused() {
        Map<String, long[]> shapes = lora(3);
        String stem = KEY.substring(0, KEY.length() - ".weight".length());
        shapes.put(stem + ".down", new long[] {3, 7});
        BadInput refused = assertThrows(BadInput.class, () -> ControlWeights.of(written("other", shapes), base, UNET));
        assertEquals(
                true, refused.sentence().contains("other") && refused.sentence().contains("sd1"));
    }

    private Map<String, long[]> lora(int rank) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("lora_controlnet", new long[] {1});
        files.shapes("sd1-ldm").forEach((name, shape) -> {
            String key = name.replaceFirst("^control_model\\.", "");
            if (key.startsWith("zero_convs.")
                    || key.startsWith("input_hint_block.")
                    || key.startsWith("middle_block_out.")) {
                shapes.put(key, shape);
            }
        });
        for (String key : new String[] {KEY, CONV}) {
            long[] shape = weight(base, UNET + key).shape();
            String stem = key.substring(0, key.length() - ".weight".length());
            long[] down = shape.clone();
            down[0] = rank;
            shapes.put(
                    stem + ".up", shape.length == 2 ? new long[] {shape[0], rank} : new long[] {shape[0], rank, 1, 1});
            shapes.put(stem + ".down", down);
        }
        return shapes;
    }
}
