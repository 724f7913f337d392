package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import gesso.weights.CheckpointShapes;
import gesso.weights.CheckpointShapes.TextShape;
import gesso.weights.CheckpointShapes.UNetShape;
import gesso.weights.DType;
import gesso.weights.SafetensorsFile;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks give what torch gives. */
class NetworksTest {
    /** SD1.5's structure, a tenth as wide. */
    private static final List<Map<String, long[]>> SD1 = List.of(
            CheckpointShapes.unet(new UNetShape(4, 32, new int[] {1, 2, 4, 4}, new int[] {1, 1, 1, 0}, 64, 0, false)),
            CheckpointShapes.clip(new TextShape("cond_stage_model.transformer.text_model.", 512, 64, 12)),
            CheckpointShapes.vae(32));

    private final CancelToken token = new CancelToken();

    @TempDir
    Path folder;

    @Test
    void starterModel() {
        check(starter("gesso-starter"), Golden.of("starter"));
    }

    @Test
    void starterModelForInpainting() {
        try (Models models = models();
                Lease<UNetModel> unet = models.unet(starter("gesso-starter-inpainting"))) {
            assertEquals(9, unet.get().inputChannels());
            checkUNet(unet.get(), Golden.of("starter-inpainting"));
        }
    }

    /** F32 weights are read by ONNX Runtime, the others converted: the same values, so the same results to the bit. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void structureOfSd1(DType type) {
        check(checkpoint("größe 模型 " + type, type), Golden.of("sd1"));
    }

    /** ONNX Runtime refuses weights that a link leads to. */
    @Test
    void aLinkToTheFile() throws IOException {
        WeightFile file = checkpoint("linked", DType.F32);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link.safetensors"), file.path());
        Golden golden = Golden.of("sd1");
        golden.check("unet1.out", predict(SafetensorsFile.open(link), golden));
    }

    @Test
    void structureOfSd2() {
        Golden golden = Golden.of("sd2");
        WeightFile file = checkpoint(
                "sd2",
                DType.F16,
                List.of(
                        CheckpointShapes.unet(
                                new UNetShape(4, 64, new int[] {1, 1, 2, 2}, new int[] {1, 1, 1, 0}, 1024, 0, true)),
                        CheckpointShapes.openClip(new TextShape("cond_stage_model.model.", 512, 64, 5))));
        try (Models models = models();
                Lease<UNetModel> unet = models.unet(file);
                Lease<TextEncoder> text = models.textEncoder(file)) {
            checkUNet(unet.get(), golden);
            checkText(text.get(), golden);
            golden.check(
                    "pooled",
                    text.get()
                            .encodePooled(TextEncoder.Tokens.of(golden.ids()), 2, token)
                            .pooled());
        }
    }

    @Test
    void structureOfSdxl() {
        Golden golden = Golden.of("sdxl");
        WeightFile file = checkpoint(
                "sdxl",
                DType.F16,
                List.of(
                        CheckpointShapes.unet(
                                new UNetShape(4, 32, new int[] {1, 2, 4}, new int[] {0, 2, 3}, 192, 224, true)),
                        CheckpointShapes.clip(
                                new TextShape("conditioner.embedders.0.transformer.text_model.", 512, 64, 2)),
                        CheckpointShapes.openClip(new TextShape("conditioner.embedders.1.model.", 512, 128, 3))));
        try (Models models = models();
                Lease<UNetModel> unet = models.unet(file);
                Lease<TextEncoder> first = models.textEncoder(file);
                Lease<TextEncoder> second = models.secondTextEncoder(file)) {
            assertEquals(224, unet.get().labelWidth());
            checkUNet(unet.get(), golden);
            assertFalse(first.get().pools());
            assertEquals(
                    64,
                    first.get()
                            .encodePlain(TextEncoder.Tokens.of(golden.ids()), 2, token)
                            .dim(2));
            TextEncoder.Pooled text = second.get().encodePooled(TextEncoder.Tokens.of(golden.ids()), 2, token);
            golden.check("plain2", text.hidden());
            golden.check("pooled", text.pooled());
        }
    }

    @Test
    void everyFileTypeGivesTheSameBits() {
        Golden golden = Golden.of("sd1");
        FloatTensor f32 = predict(checkpoint("f32", DType.F32), golden);
        assertArrayEquals(
                f32.data(), predict(checkpoint("f16", DType.F16), golden).data());
        assertArrayEquals(
                f32.data(), predict(checkpoint("bf16", DType.BF16), golden).data());
    }

    private FloatTensor predict(WeightFile file, Golden golden) {
        try (Models models = models();
                Lease<UNetModel> unet = models.unet(file)) {
            return predict(unet.get(), golden, "unet1.");
        }
    }

    private void check(WeightFile file, Golden golden) {
        try (Models models = models()) {
            try (Lease<TextEncoder> text = models.textEncoder(file)) {
                checkText(text.get(), golden);
            }
            try (Lease<UNetModel> unet = models.unet(file)) {
                assertEquals(4, unet.get().inputChannels());
                assertEquals(golden.get("unet0.context").dim(2), unet.get().contextWidth());
                assertEquals(0, unet.get().labelWidth());
                checkUNet(unet.get(), golden);
            }
            try (Lease<VaeEncoder> encoder = models.vaeEncoder(file);
                    Lease<VaeDecoder> decoder = models.vaeDecoder(file)) {
                for (int i = 0; golden.has("vae" + i + ".image"); i++) {
                    String at = "vae" + i + ".";
                    VaeEncoder.Moments moments = encoder.get().encode(golden.get(at + "image"), token);
                    golden.check(at + "mean", moments.mean());
                    golden.check(at + "logvar", moments.logvar());
                    golden.check(at + "decoded", decoder.get().decode(golden.get(at + "latent"), token));
                }
            }
        }
    }

    private void checkText(TextEncoder text, Golden golden) {
        for (int skip = 1; skip <= 3; skip++) {
            golden.check("skip" + skip, text.encode(TextEncoder.Tokens.of(golden.ids()), skip, token));
        }
        golden.check("plain2", text.encodePlain(TextEncoder.Tokens.of(golden.ids()), 2, token));
    }

    private void checkUNet(UNetModel unet, Golden golden) {
        for (int i = 0; golden.has("unet" + i + ".x"); i++) {
            golden.check("unet" + i + ".out", predict(unet, golden, "unet" + i + "."));
        }
    }

    private FloatTensor predict(UNetModel unet, Golden golden, String at) {
        return unet.predict(
                golden.get(at + "x"),
                golden.get(at + "t").data(),
                golden.get(at + "context"),
                golden.has(at + "y") ? golden.get(at + "y") : null,
                token);
    }

    private WeightFile checkpoint(String name, DType type) {
        return checkpoint(name, type, SD1);
    }

    private WeightFile checkpoint(String name, DType type, List<Map<String, long[]>> parts) {
        Path file = folder.resolve(name + ".safetensors");
        SyntheticCheckpoint.write(file, CheckpointShapes.joined(parts), type);
        return SafetensorsFile.open(file);
    }

    static WeightFile starter(String name) {
        return SafetensorsFile.open(Path.of(System.getProperty("gesso.assets"), "models", name + ".safetensors"));
    }

    private static Models models() {
        return new Models(Device.CPU, Models.defaultBudget(), new Quiet());
    }
}
