package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.runtime.ProcessMemory;
import gesso.weights.DType;
import gesso.weights.Form;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VaeMemoryTest {
    private static WeightFile file(String key, long... shape) {
        return new WeightFile() {
            @Override
            public Path path() {
                return Path.of("vae.safetensors");
            }

            @Override
            public Form form() {
                return Form.FILE;
            }

            @Override
            public Map<String, Weight> weights() {
                return Map.of(key, new Weight(key, DType.F32, shape, 0, 0));
            }

            @Override
            public Map<String, String> metadata() {
                return Map.of();
            }

            @Override
            public void read(Weight weight, FloatBuffer out) {
                throw new AssertionError("values are not needed");
            }
        };
    }

    @Test
    void aLargePictureDoesNotFitIntoLittleMemory() {
        WeightFile vae = file("first_stage_model.decoder.conv_out.weight", 3, 128, 3, 3);
        assertTrue(VaeMemory.fits(vae, 1024 * 1024, OptionalLong.of(4_700_000_000L)));
        assertFalse(VaeMemory.fits(vae, 1024 * 1024, OptionalLong.of(4_500_000_000L)));
        assertTrue(VaeMemory.fits(vae, 512 * 512, OptionalLong.of(1_200_000_000L)));
        assertTrue(VaeMemory.fits(
                file("decoder.conv_out.weight", 3, 32, 3, 3), 1024 * 1024, OptionalLong.of(1_200_000_000L)));
    }

    @Test
    void whatIsNotKnownIsTried() {
        WeightFile vae = file("decoder.conv_out.weight", 3, 128, 3, 3);
        assertTrue(VaeMemory.fits(vae, 1L << 40, OptionalLong.empty()));
        assertTrue(VaeMemory.fits(file("taesd_decoder.1.weight", 64, 4, 3, 3), 1L << 40, OptionalLong.of(1)));
        assertEquals(
                System.getProperty("os.name").startsWith("Linux"),
                ProcessMemory.available().isPresent());
    }
}
