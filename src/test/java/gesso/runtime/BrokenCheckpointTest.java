package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.tensor.FloatTensor;
import gesso.weights.CheckpointShapes;
import gesso.weights.CheckpointShapes.TextShape;
import gesso.weights.CheckpointShapes.UNetShape;
import gesso.weights.DType;
import gesso.weights.SafetensorsFile;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hold no network, or not a whole one, are refused with a sentence. */
class BrokenCheckpointTest {
    private static final String UNET = "model.diffusion_model.";

    private final Map<String, long[]> shapes = CheckpointShapes.joined(List.of(
            CheckpointShapes.unet(new UNetShape(4, 32, new int[] {1, 1}, new int[] {1, 0}, 32, 0, false)),
            CheckpointShapes.clip(new TextShape("cond_stage_model.transformer.text_model.", 64, 64, 1)),
            CheckpointShapes.vae(32)));
    private final CancelToken token = new CancelToken();
    private final Models models = new Models(Device.CPU, Models.defaultBudget(), new Quiet());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void aFileWithoutANetwork() {
        shapes.keySet().removeIf(k -> !k.startsWith("first_stage_model."));
        WeightFile file = write(DType.F16);
        models.vaeDecoder(file).close();
        BadInput e = assertThrows(BadInput.class, () -> models.unet(file));
        assertEquals(
                "model.safetensors holds no UNet of Stable Diffusion. Choose a whole checkpoint, such as a .safetensors"
                        + " file of 2 GB or more.",
                e.sentence());
        assertThrows(BadInput.class, () -> models.textEncoder(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "out.2.weight | it has no tensor model.diffusion_model.out.2.weight",
                "middle_block.0.in_layers.2.weight | it has no tensor model.diffusion_model.middle_block.0.in_layers.2.weight",
                "output_blocks.5. | it has 6 blocks on its way down and 5 on its way up",
            })
    void aMissingTensor(String key, String fault) {
        shapes.keySet().removeIf(k -> k.startsWith(UNET + key));
        assertFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time_embed.0.weight | 128:32:1 | its tensor model.diffusion_model.time_embed.0.weight has 3 dimensions, not 2",
                "input_blocks.1.0.in_layers.2.weight | 32:32 | its tensor"
                        + " model.diffusion_model.input_blocks.1.0.in_layers.2.weight has 2 dimensions, not 4",
                "out.0.weight | 40 | its tensor model.diffusion_model.out.0.weight has 40 values, not 32",
                "out.0.bias | 2000000 | its tensor model.diffusion_model.out.0.bias has 2000000 values, not 32",
                "out.0.bias | 64 | its tensor model.diffusion_model.out.0.bias has 64 values, not 32",
                "middle_block.0.emb_layers.1.weight | 32:64 | its tensor"
                        + " model.diffusion_model.middle_block.0.emb_layers.1.weight has the shape [32, 64] where"
                        + " [32, 128] belongs",
                "middle_block.0.out_layers.3.weight | 0:32:3:3 | its tensor"
                        + " model.diffusion_model.middle_block.0.out_layers.3.weight has the shape [0, 32, 3, 3]",
                "middle_block.0.in_layers.2.weight | 64:32:3:3 | its tensor"
                        + " model.diffusion_model.middle_block.0.in_layers.2.bias has 32 values, not 64",
                "middle_block.1.transformer_blocks.0.attn1.to_q.weight | 64:32 | an attention of 8 heads in it is 64, 32"
                        + " and 32 wide",
            })
    void aTensorOfAnotherShape(String key, String shape, String fault) {
        shapes.put(UNET + key, dims(shape));
        assertFault(fault);
    }

    @Test
    void channelsThatMakeNoGroups() {
        shapes.put(UNET + "input_blocks.0.0.weight", dims("40:4:3:3"));
        shapes.remove(UNET + "input_blocks.0.0.bias");
        assertFault("its layer model.diffusion_model.input_blocks.1.0.in_layers.0 has 40 channels, no multiple of 32");
    }

    private void assertFault(String fault) {
        for (DType type : List.of(DType.F32, DType.F16)) {
            BadInput e = assertThrows(BadInput.class, () -> models.unet(write(type)));
            assertEquals(
                    "The UNet in model.safetensors cannot be used: " + fault
                            + ". Choose another file, or download this one again.",
                    e.sentence());
        }
    }

    /** Whatever the shapes: loaded and run, or refused, and the process lives. */
    @Test
    void anyShapes() {
        mutations(25, 1);
    }

    @Test
    @Tag("long")
    void manyShapes() {
        mutations(3000, 2);
    }

    private void mutations(int count, long seed) {
        Random random = new Random(seed);
        Map<String, long[]> sound = new LinkedHashMap<>(shapes);
        Map<Boolean, Integer> outcomes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            shapes.clear();
            shapes.putAll(sound);
            List<String> keys = new ArrayList<>(sound.keySet());
            for (int j = 0; j <= random.nextInt(3); j++) {
                mutate(keys.get(random.nextInt(keys.size())), random);
            }
            WeightFile file = write(random.nextBoolean() ? DType.F32 : DType.BF16);
            outcomes.merge(attempt(() -> text(file)), 1, Integer::sum);
            outcomes.merge(attempt(() -> unet(file)), 1, Integer::sum);
            outcomes.merge(attempt(() -> vae(file)), 1, Integer::sum);
            models.close();
        }
        assertTrue(outcomes.getOrDefault(false, 0) > count / 3, outcomes::toString);
        assertTrue(outcomes.getOrDefault(true, 0) > count / 3, outcomes::toString);
    }

    private static boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (GessoException e) {
            assertTrue(e.sentence().endsWith("."), e.sentence());
            return false;
        }
    }

    private void mutate(String key, Random random) {
        long[] shape = shapes.getOrDefault(key, new long[] {1}).clone();
        switch (random.nextInt(4)) {
            case 0 -> shapes.remove(key);
            case 1 -> shapes.put(key, random.nextBoolean() ? new long[] {} : new long[] {shape[0], 1});
            case 2 -> {
                shape[random.nextInt(shape.length)] = 16L * random.nextInt(5);
                shapes.put(key, shape);
            }
            default -> {
                long first = shape[0];
                shape[0] = shape[shape.length - 1];
                shape[shape.length - 1] = first;
                shapes.put(key, shape);
            }
        }
    }

    private void text(WeightFile file) {
        try (Lease<TextEncoder> text = models.textEncoder(file)) {
            text.get().encode(TextEncoder.Tokens.of(new long[1][77]), 1, token);
        }
    }

    private void unet(WeightFile file) {
        try (Lease<UNetModel> unet = models.unet(file)) {
            unet.get()
                    .predict(FloatTensor.zeros(1, 4, 4, 4), new float[] {1}, FloatTensor.zeros(1, 77, 32), null, token);
        }
    }

    private void vae(WeightFile file) {
        try (Lease<VaeDecoder> decoder = models.vaeDecoder(file);
                Lease<VaeEncoder> encoder = models.vaeEncoder(file)) {
            decoder.get().decode(FloatTensor.zeros(1, 4, 2, 2), token);
            encoder.get().encode(FloatTensor.zeros(1, 3, 16, 16), token);
        }
    }

    private WeightFile write(DType type) {
        Path file = folder.resolve("model.safetensors");
        SyntheticCheckpoint.write(file, shapes, type);
        return SafetensorsFile.open(file);
    }

    private static long[] dims(String shape) {
        String[] parts = shape.split(":", -1);
        long[] dims = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            dims[i] = Long.parseLong(parts[i]);
        }
        return dims;
    }
}
