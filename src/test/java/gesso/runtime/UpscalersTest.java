package gesso.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.tensor.FloatTensor;
import gesso.weights.SafetensorsFile;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against spandrel's classes (goldens/upscale). */
class UpscalersTest {
    private static final Path FILES = Path.of("src/test/resources/upscale");

    private final Models models = new Models(Device.CPU, Models.defaultBudget(), new Quiet());

    @AfterEach
    void close() {
        models.close();
    }

    @ParameterizedTest
    @CsvSource({
        "esrgan-old.safetensors, 4",
        "esrgan-new.pth, 4",
        "esrgan-trunk.safetensors, 4",
        "esrgan-x2.safetensors, 2",
        "esrgan-x1.safetensors, 1",
        "esrgan-plus.safetensors, 4",
        "realesrgan-x2plus.pth, 2",
        "compact-x4.pth, 4",
        "compact-x2.safetensors, 2",
        "swinir-classical.safetensors, 2",
        "swinir-light.safetensors, 3",
        "swinir-real.safetensors, 2",
        "swinir-jpeg.safetensors, 1",
        "dat.safetensors, 2",
        "dat-light.safetensors, 3"
    })
    void networksComputeWhatTorchComputes(String file, int scale) {
        String name = file.substring(0, file.lastIndexOf('.'));
        Golden golden = new Golden(SafetensorsFile.open(FILES.resolve(name + ".golden.safetensors")));
        try (Lease<UpscalerModel> lease = models.upscaler(WeightFiles.open(FILES.resolve(file)))) {
            assertEquals(scale, lease.get().scale());
            FloatTensor made = lease.get().enlarge(golden.get("image"), new CancelToken());
            FloatTensor expected = golden.get("made");
            assertArrayEquals(expected.shape(), made.shape());
            double gap = 0;
            for (int i = 0; i < made.size(); i++) {
                gap = Math.max(gap, Math.abs(made.data()[i] - expected.data()[i]));
            }
            assertTrue(gap <= 1e-5, name + " differs by " + gap);
        }
    }

    /** A name or a shape in the file's head is another one, or the largest distance in a window (3, 1 in half precision). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blocks.1.attn.temperature | blocks.1.attn.temperaturX | it has no tensor layers.0.blocks.1.attn.temperature",
                "attns.0.rpe_biases | attns.0.rpe_biaseX | it has no tensor layers.0.blocks.0.attn.attns.0.rpe_biases",
                "B\0< | B\0@ | its windows are 4 high and 3 wide",
                "[32,1,3,3] | [32,3,3,1] | its tensor layers.0.blocks.0.attn.dwconv.0.weight has the shape [32, 3, 3, 1]",
            })
    void aBrokenDatIsASentence(String from, String to, String fault, @TempDir Path folder) throws IOException {
        String whole = Files.readString(FILES.resolve("dat.safetensors"), ISO_8859_1);
        Path broken = Files.writeString(folder.resolve("dat.safetensors"), whole.replace(from, to), ISO_8859_1);
        BadInput no = assertThrows(BadInput.class, () -> models.upscaler(WeightFiles.open(broken)));
        assertTrue(no.sentence().contains(fault), no.sentence());
    }

    /** Against ONNX Runtime on the file itself; scale and sizes are found by trying. */
    @ParameterizedTest
    @CsvSource({
        "any-size, 3, 1, 2147483647, 1e-6",
        "fixed-half, 2, 24, 24, 2e-3",
        "multiple-of-4, 2, 4, 2147483647, 1e-6"
    })
    void anyOnnxFileIsAnUpscaler(String name, int scale, int multiple, int largest, double tolerance) {
        Golden golden = new Golden(SafetensorsFile.open(FILES.resolve(name + ".golden.safetensors")));
        for (int round = 0; round < 2; round++) {
            try (Lease<UpscalerModel> lease = models.upscaler(FILES.resolve(name + ".onnx"))) {
                assertEquals(scale, lease.get().scale());
                assertEquals(multiple, lease.get().multiple());
                assertEquals(largest, lease.get().largest());
                FloatTensor made = lease.get().enlarge(golden.get("image"), new CancelToken());
                FloatTensor expected = golden.get("made");
                assertArrayEquals(expected.shape(), made.shape());
                assertArrayEquals(expected.data(), made.data(), (float) tolerance);
            }
        }
    }

    @Test
    void anOnnxFileThatIsNoneIsASentence(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("words.onnx"), "no network at all");
        assertThrows(BadInput.class, () -> models.upscaler(text));
        for (String other : new String[] {"interrogate/tagger.onnx", "control/annotators/depth_midas.onnx"}) {
            Path file = Path.of("src/test/resources").resolve(other);
            assertThrows(BadInput.class, () -> models.upscaler(file), other);
        }
    }

    @Test
    void anotherKindOfFileIsNamed() {
        Path starter = Path.of("assets/models/gesso-starter.safetensors");
        BadInput no = assertThrows(BadInput.class, () -> models.upscaler(WeightFiles.open(starter)));
        assertEquals(
                "gesso-starter.safetensors is not an upscaler, but: checkpoint. Choose another file.", no.sentence());
        assertTrue(Files.exists(starter));
    }

    @Test
    void itCanBeCancelled() {
        try (Lease<UpscalerModel> lease = models.upscaler(WeightFiles.open(FILES.resolve("compact-x2.safetensors")))) {
            CancelToken token = new CancelToken();
            token.cancel();
            FloatTensor image = FloatTensor.zeros(1, 3, 8, 8);
            assertThrows(Cancelled.class, () -> lease.get().enlarge(image, token));
        }
    }
}
