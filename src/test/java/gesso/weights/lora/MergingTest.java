package gesso.weights.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.FamilyCheckpoints;
import gesso.request.BadInput;
import gesso.weights.CheckpointShapes;
import gesso.weights.CheckpointShapes.TextShape;
import gesso.weights.CheckpointShapes.UNetShape;
import gesso.weights.DType;
import gesso.weights.ModelInfo;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks give the weights that LyCORIS, peft and diffusers merge (src/test/goldens/lora). */
class MergingTest {
    private static final Path GOLDENS = Path.of("src/test/resources/lora");
    private static final int SAMPLES = 47;
    private static final NetworkParts SD1 =
            new NetworkParts("model.diffusion_model.", "cond_stage_model.transformer.text_model.", "");
    private static final NetworkParts SDXL = new NetworkParts(
            "model.diffusion_model.",
            "conditioner.embedders.0.transformer.text_model.",
            "conditioner.embedders.1.model.");

    @TempDir
    static Path folder;

    private static Path sd1 = Path.of("");

    @BeforeAll
    static void writeModel() {
        sd1 = folder.resolve("tiny sd1.safetensors");
        SyntheticCheckpoint.write(
                sd1,
                CheckpointShapes.joined(List.of(
                        CheckpointShapes.unet(
                                new UNetShape(4, 32, new int[] {1, 2, 2, 2}, new int[] {1, 1, 1, 0}, 64, 0, false)),
                        CheckpointShapes.clip(new TextShape("cond_stage_model.transformer.text_model.", 1024, 64, 3)))),
                DType.F32);
    }

    static Stream<String> cases() throws IOException {
        return Files.readAllLines(GOLDENS.resolve("cases.tsv")).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mergesAsTheOthersDo(String line) {
        String[] of = line.split("\t", -1);
        boolean xl = of[1].equals("sdxl");
        WeightFile base = WeightFiles.open(xl ? new FamilyCheckpoints(folder).file("sdxl") : sd1);
        Strength strength = new Strength(Float.parseFloat(of[2]), Float.parseFloat(of[3]), 0, BlockWeights.ONES);
        LoraFile lora = LoraFile.open(GOLDENS.resolve(of[0] + ".safetensors"));
        Merging merging = new Merging(base, ModelInfo.of(base), xl ? SDXL : SD1);
        MergedFile merged = merging.merge(List.of(new AppliedNetwork(lora, strength)));
        assertEquals(0, merging.strangers(lora));
        WeightFile expected = WeightFiles.open(GOLDENS.resolve(of[0] + ".merged.safetensors"));
        assertFalse(expected.weights().isEmpty());
        long changed = merged.weights().values().stream()
                .filter(w -> !w.isInPlace())
                .filter(w -> of(base, w.name()).isInPlace())
                .count();
        assertEquals(expected.weights().size(), changed);
        for (Weight want : expected.weights().values()) {
            check(read(expected, want.name()), read(merged, want.name()), want.name());
        }
    }

    private static void check(float[] expected, float[] merged, String name) {
        int stride = Math.max(1, merged.length / SAMPLES);
        assertEquals(expected.length, (merged.length + stride - 1) / stride, name);
        double largest = 0;
        double off = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            off = Math.max(off, Math.abs(expected[i] - merged[i * stride]));
        }
        assertTrue(off <= 1e-6 * Math.max(1, largest), name + " is off by " + off);
    }

    private static Weight of(WeightFile file, String name) {
        return Objects.requireNonNull(file.weights().get(name), name);
    }

    static float[] read(WeightFile file, String name) {
        Weight weight = of(file, name);
        FloatBuffer values = FloatBuffer.allocate((int) weight.elements());
        file.read(weight, values);
        assertEquals(0, values.remaining());
        return values.array();
    }

    @Test
    void aNetworkForAnotherFamilyIsRefusedNamingBoth() {
        BadInput e = assertThrows(BadInput.class, () -> overSd1("kohya-sdxl-ldm"));
        assertTrue(
                String.valueOf(e.getMessage()).contains("kohya-sdxl-ldm.safetensors"), String.valueOf(e.getMessage()));
        assertTrue(String.valueOf(e.getMessage()).contains("tiny sd1.safetensors"), String.valueOf(e.getMessage()));
    }

    @Test
    void aNetworkOfAnotherWidthIsRefusedNamingBoth() {
        Path wide = folder.resolve("wide.safetensors");
        SyntheticCheckpoint.write(
                wide,
                CheckpointShapes.unet(
                        new UNetShape(4, 64, new int[] {1, 2, 2, 2}, new int[] {1, 1, 1, 0}, 64, 0, false)),
                DType.F16);
        WeightFile base = WeightFiles.open(wide);
        Merging merging = new Merging(base, ModelInfo.of(base), new NetworkParts("model.diffusion_model.", "", ""));
        List<AppliedNetwork> networks = List.of(new AppliedNetwork(golden("peft"), Strength.of(1)));
        BadInput e = assertThrows(BadInput.class, () -> merging.merge(networks));
        assertTrue(
                String.valueOf(e.getMessage()).startsWith("peft.safetensors does not fit wide.safetensors"),
                String.valueOf(e.getMessage()));
    }

    @Test
    void severalNetworksAddUpAndNoStrengthChangesNothing() {
        String key = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight";
        float[] plain = read(WeightFiles.open(sd1), key);
        float[] one = read(overSd1("locon", 0.5), key);
        float[] two = read(overSd1("locon", 0.25, "locon", 0.25), key);
        float[] none = read(overSd1("locon", 1, "locon", -1), key);
        for (int i = 0; i < plain.length; i++) {
            assertEquals(one[i], two[i], 1e-6);
            assertEquals(plain[i], none[i], 1e-6);
        }
        MergedFile nothing = overSd1("locon", 0);
        assertTrue(of(nothing, key).isInPlace());
    }

    @Test
    void aVariantIsTheSameWhereTheTensorsAre() {
        String unet = SD1.unet();
        String text = SD1.text();
        MergedFile a = overSd1("locon", 0.5);
        assertEquals(a.variant(unet), overSd1("locon", 0.5).variant(unet));
        assertNotEquals(a.variant(unet), overSd1("locon", 0.6).variant(unet));
        assertEquals("", overSd1("loha", 0.6).variant(text));
        Strength unetOnly = new Strength(0.5f, 0.9f, 0, BlockWeights.ONES);
        MergedFile other = merging().merge(List.of(new AppliedNetwork(golden("locon"), unetOnly)));
        assertEquals(a.variant(text), other.variant(text));
        assertNotEquals(a.variant(unet), other.variant(unet));
    }

    @Test
    void blockWeightsCountBlockByBlock() {
        String in = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight";
        String text = "cond_stage_model.transformer.text_model.encoder.layers.1.self_attn.q_proj.weight";
        BlockWeights blocks = BlockWeights.parse("0,0.5" + ",0".repeat(15)).orElseThrow();
        MergedFile merged =
                merging().merge(List.of(new AppliedNetwork(golden("locon"), new Strength(1, 1, 0, blocks))));
        assertEquals(read(overSd1("locon", 0.5), in)[7], read(merged, in)[7], 1e-7);
        assertTrue(of(merged, text).isInPlace());
        assertEquals(1, BlockWeights.parse("OUTALL").orElseThrow().of("OUT11"));
        assertEquals(0, BlockWeights.parse("OUTALL").orElseThrow().of("OUT00"));
        assertEquals(
                0.25f,
                BlockWeights.parse("0.25" + ",1".repeat(25)).orElseThrow().of("BASE"));
        assertEquals(1, BlockWeights.parse("1" + ",0".repeat(11)).orElseThrow().of(""));
        assertTrue(BlockWeights.parse("1,2,3").isEmpty());
        assertTrue(BlockWeights.parse("a" + ",0".repeat(11)).isEmpty());
    }

    /** A1111's dyn: only the first ranks count. */
    @Test
    void ranksCanBeLeftOut() {
        String key = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight";
        String layer = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";
        WeightFile lora = WeightFiles.open(GOLDENS.resolve("locon.safetensors"));
        float[] down = read(lora, layer + ".lora_down.weight");
        float[] up = read(lora, layer + ".lora_up.weight");
        float[] plain = read(WeightFiles.open(sd1), key);
        float[] merged = read(
                merging().merge(List.of(new AppliedNetwork(golden("locon"), new Strength(1, 1, 1, BlockWeights.ONES)))),
                key);
        int columns = down.length / 4;
        for (int i = 0; i < plain.length; i++) {
            float expected = plain[i] + 0.5f * up[i / columns * 4] * down[i % columns];
            assertEquals(expected, merged[i], 1e-6);
        }
    }

    private static LoraFile golden(String name) {
        return LoraFile.open(GOLDENS.resolve(name + ".safetensors"));
    }

    private static Merging merging() {
        WeightFile base = WeightFiles.open(sd1);
        return new Merging(base, ModelInfo.of(base), SD1);
    }

    /** Names and strengths by turns. */
    private static MergedFile overSd1(Object... of) {
        List<AppliedNetwork> networks = new ArrayList<>();
        for (int i = 0; i < of.length; i += 2) {
            double strength = i + 1 < of.length ? ((Number) of[i + 1]).doubleValue() : 1;
            networks.add(new AppliedNetwork(golden((String) of[i]), Strength.of(strength)));
        }
        return merging().merge(networks);
    }
}
