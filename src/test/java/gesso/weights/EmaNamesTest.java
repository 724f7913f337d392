package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmaNamesTest {
    @TempDir
    Path folder;

    private static Map<String, long[]> unet() {
        return CheckpointShapes.unet(
                new CheckpointShapes.UNetShape(4, 32, new int[] {1, 2, 4, 4}, new int[] {1, 1, 1, 0}, 768, 0, false));
    }

    /** LitEma (CompVis): the name of the tensor in the wrapper, without its dots. */
    private static Map<String, long[]> averaged() {
        Map<String, long[]> names = new LinkedHashMap<>();
        unet().forEach((name, shape) ->
                names.put("model_ema." + name.substring("model.".length()).replace(".", ""), shape));
        return names;
    }

    @Test
    void averagedNamesAreOnesOfOneTensorEach() {
        Map<String, String> names = EmaNames.names();
        assertEquals(names.size(), new HashSet<>(names.values()).size());
        assertEquals(
                "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
                names.get("model_ema.diffusion_modelinput_blocks11transformer_blocks0attn2to_kweight"));
        assertEquals(
                "model.diffusion_model.output_blocks.10.0.in_layers.0.weight",
                names.get("model_ema.diffusion_modeloutput_blocks100in_layers0weight"));
    }

    @Test
    void aFileOfAveragedWeightsAloneIsACheckpoint() {
        Path file = folder.resolve("ema.safetensors");
        SyntheticCheckpoint.write(file, averaged(), DType.F32);
        WeightFile opened = WeightFiles.open(file);
        assertEquals(unet().keySet(), opened.weights().keySet());
        ModelInfo info = ModelInfo.of(opened);
        assertEquals(ModelKind.CHECKPOINT, info.kind());
        assertEquals(Architecture.SD1, info.architecture());
        String name = "model.diffusion_model.input_blocks.0.0.weight";
        Weight plain = Objects.requireNonNull(opened.weights().get(name));
        WeightFile raw = WeightFiles.openFile(file);
        Weight average = Objects.requireNonNull(raw.weights().get("model_ema.diffusion_modelinput_blocks00weight"));
        assertEquals(Arrays.toString(values(raw, average)), Arrays.toString(values(opened, plain)));
    }

    private static float[] values(WeightFile file, Weight weight) {
        FloatBuffer out = FloatBuffer.allocate((int) weight.elements());
        file.read(weight, out);
        return out.array();
    }

    /** A1111 takes the trained weights and leaves the averaged ones. */
    @Test
    void whereBothAreThereTheFileStaysAsItIs() {
        Map<String, long[]> both = new LinkedHashMap<>(unet());
        both.putAll(averaged());
        Path file = folder.resolve("both.safetensors");
        SyntheticCheckpoint.write(file, both, DType.F16);
        WeightFile opened = WeightFiles.openFile(file);
        assertSame(opened, EmaNames.restored(opened));
        assertEquals(true, ModelInfo.of(opened).hasEma());
    }
}
