package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.FamilyCheckpoints;
import gesso.graph.Parts;
import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import gesso.weights.ControlWeights;
import gesso.weights.DType;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ControlNets in both namings give what torch gives (src/test/goldens/control). */
class ControlNetTest {
    private static final Golden GOLDEN = Golden.of("control", "residuals");

    private static final List<String> CHANGED = List.of(
            "input_blocks.1.1.transformer_blocks.0.attn1.to_q",
            "input_blocks.1.0.in_layers.2",
            "input_blocks.4.0.in_layers.2",
            "middle_block.0.in_layers.2",
            "time_embed.0");

    private final CancelToken token = new CancelToken();

    @TempDir
    Path folder;

    private final Models models = new Models(Device.CPU, Models.defaultBudget(), new Quiet());

    private WeightFile control(String name, String base) {
        FamilyCheckpoints files = new FamilyCheckpoints(folder, "control");
        WeightFile unet = WeightFiles.open(files.file(base));
        return ControlWeights.of(WeightFiles.open(files.file(name)), unet, Parts.unet(unet));
    }

    private ControlResiduals run(
            String name, WeightFile file, float scale, FloatTensor map, @Nullable ControlResiduals before) {
        FloatTensor hint;
        try (Lease<ControlHintModel> reader = models.controlHint(file)) {
            hint = reader.get().read(GOLDEN.get(name + ".hint"), token);
        }
        try (Lease<ControlNetModel> net = models.controlNet(file, false)) {
            float[] scales = new float[net.get().residuals()];
            Arrays.fill(scales, scale);
            return net.get()
                    .predict(
                            GOLDEN.get(name + ".x"),
                            new float[] {421},
                            GOLDEN.get(name + ".context"),
                            GOLDEN.has(name + ".y") ? GOLDEN.get(name + ".y") : null,
                            hint,
                            scales,
                            map,
                            before,
                            token);
        }
    }

    private static FloatTensor one() {
        return FloatTensor.of(new float[] {1}, 1, 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"sd1-ldm, sd1, 13", "sd1-diffusers, sd1, 13", "sd2-control, sd2, 13", "sdxl-control, sdxl, 10"})
    void residualsAreTorchs(String name, String base, int count) {
        WeightFile file = control(name, base);
        try (Models all = models;
                ControlResiduals residuals = run(name, file, 0.7f, one(), null)) {
            assertEquals(count, residuals.count());
            for (int i = 0; i < count; i++) {
                GOLDEN.check(name + "." + i, residuals.copy(i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"wide.safetensors", "wide.pth"})
    void theSameWeightsInFullPrecisionGiveTheSame(String name) throws IOException {
        Path wide = folder.resolve("wide.safetensors");
        FamilyCheckpoints files = new FamilyCheckpoints(folder, "control");
        SyntheticCheckpoint.write(wide, files.shapes("sd1-ldm"), DType.F32);
        TorchFile.write(folder.resolve("wide.pth"), WeightFiles.open(wide));
        WeightFile unet = WeightFiles.open(files.file("sd1"));
        WeightFile file = ControlWeights.of(WeightFiles.open(folder.resolve(name)), unet, Parts.unet(unet));
        try (Models all = models;
                ControlResiduals residuals = run("sd1-ldm", file, 0.7f, one(), null)) {
            for (int i = 0; i < residuals.count(); i++) {
                GOLDEN.check("sd1-ldm." + i, residuals.copy(i));
            }
        }
    }

    /** Names and matrices as src/test/goldens/control/make_lora.py has them. */
    @Test
    void aControlLorasResidualsAreTorchs() {
        Golden golden = Golden.of("control", "lora");
        FamilyCheckpoints files = new FamilyCheckpoints(folder, "control");
        WeightFile unet = WeightFiles.open(files.file("sd1"));
        Path lora = folder.resolve("lora.safetensors");
        SyntheticCheckpoint.write(lora, loraShapes(files.shapes("sd1-ldm"), 3), DType.F16);
        WeightFile file = ControlWeights.of(WeightFiles.open(lora), unet, Parts.unet(unet));
        try (Models all = models;
                ControlResiduals residuals = run("sd1-ldm", file, 0.7f, one(), null)) {
            for (int i : new int[] {0, 1, 5, 12}) {
                golden.check("lora." + i, residuals.copy(i));
            }
        }
    }

    private static Map<String, long[]> loraShapes(Map<String, long[]> whole, int rank) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("lora_controlnet", new long[] {1});
        whole.forEach((key, shape) -> {
            String name = key.substring("control_model.".length());
            if (name.matches("(zero_convs|input_hint_block|middle_block_out)\\..*")) {
                shapes.put(name, shape);
            } else if (CHANGED.stream().anyMatch(c -> name.equals(c + ".weight"))) {
                String stem = name.substring(0, name.length() - ".weight".length());
                long[] down = shape.clone();
                down[0] = rank;
                shapes.put(stem + ".down", down);
                shapes.put(
                        stem + ".up",
                        shape.length == 2 ? new long[] {shape[0], rank} : new long[] {shape[0], rank, 1, 1});
            }
        });
        return shapes;
    }

    @Test
    void aGreyMapIsASmallerWeightAtEveryLevel() {
        WeightFile file = control("sdxl-control", "sdxl");
        float[] grey = new float[60];
        Arrays.fill(grey, 0.5f);
        FloatTensor half = FloatTensor.of(grey, 1, 1, 6, 10);
        try (Models all = models;
                ControlResiduals mapped = run("sdxl-control", file, 0.7f, half, null);
                ControlResiduals weighed = run("sdxl-control", file, 0.35f, one(), null)) {
            for (int i = 0; i < weighed.count(); i++) {
                assertArrayEquals(weighed.copy(i).data(), mapped.copy(i).data(), 1e-6f, "residual " + i);
            }
        }
    }

    @Test
    void unitsAddUpAndCountByPlace() {
        WeightFile file = control("sd1-ldm", "sd1");
        try (Models all = models;
                ControlResiduals one = run("sd1-ldm", file, 0.5f, one(), null);
                ControlResiduals two = run("sd1-ldm", file, 0.25f, one(), one);
                ControlResiduals half = run("sd1-ldm", file, 0.5f, leftHalf(), null)) {
            for (int i = 0; i < 13; i++) {
                float[] single = one.copy(i).data();
                float[] sum = two.copy(i).data();
                for (int j = 0; j < single.length; j++) {
                    assertEquals(single[j] * 1.5f, sum[j], 1e-5f * (1 + Math.abs(sum[j])));
                }
            }
            FloatTensor whole = one.copy(0);
            FloatTensor part = half.copy(0);
            float[] expected = whole.data().clone();
            for (int j = 0; j < expected.length; j++) {
                expected[j] = j % 10 < 5 ? expected[j] : 0;
            }
            // A positive tolerance: −0 is as good as 0.
            assertArrayEquals(expected, part.data(), 1e-12f);
        }
    }

    /** As large as the residuals of the first level, 6×10. */
    private static FloatTensor leftHalf() {
        float[] map = new float[60];
        for (int i = 0; i < map.length; i++) {
            map[i] = i % 10 < 5 ? 1 : 0;
        }
        return FloatTensor.of(map, 1, 1, 6, 10);
    }
}
