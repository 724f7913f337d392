package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.GessoException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointShapesTest {
    @TempDir
    Path folder;

    /** The counts are those that diffusers and transformers report of their models. */
    @Test
    void sizesOfTheRealModels() {
        Map<String, long[]> sd15 = CheckpointShapes.sd15();
        assertEquals(859_520_964, count(sd15, "model.diffusion_model."));
        assertEquals(123_060_480, count(sd15, "cond_stage_model."));
        assertEquals(83_653_863, count(sd15, "first_stage_model."));
        assertEquals(1_066_235_307, count(sd15, ""));
        Map<String, long[]> sd2 = CheckpointShapes.sd2();
        assertEquals(865_910_724, count(sd2, "model.diffusion_model."));
        assertEquals(354_032_640, count(sd2, "cond_stage_model."));
        Map<String, long[]> sdxl = CheckpointShapes.sdxl();
        assertEquals(2_567_463_684L, count(sdxl, "model.diffusion_model."));
        assertEquals(694_659_840, count(sdxl, "conditioner.embedders.1."));
    }

    private static long count(Map<String, long[]> shapes, String prefix) {
        long count = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            if (tensor.getKey().startsWith(prefix)) {
                long n = 1;
                for (long d : tensor.getValue()) {
                    n *= d;
                }
                count += n;
            }
        }
        return count;
    }

    @Test
    void aFileThatCannotBeWrittenIsASentence() throws Exception {
        Map<String, long[]> shapes = Map.of("a", new long[] {2});
        Path file = folder.resolve("model.safetensors");
        SyntheticCheckpoint.write(file, shapes, DType.F16);
        assertEquals(
                Map.of("a", "a F16[2]").toString(),
                SafetensorsFile.open(file).weights().toString());
        Path missing = folder.resolve("no").resolve("model.safetensors");
        GessoException e =
                assertThrows(GessoException.class, () -> SyntheticCheckpoint.write(missing, shapes, DType.F16));
        assertTrue(e.sentence().endsWith("Is the disk full?"), e.sentence());
        assertEquals(1, Objects.requireNonNull(folder.toFile().list()).length);
    }
}
