package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.runtime.Device;
import gesso.runtime.Devices;
import gesso.runtime.Models;
import gesso.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodingTest {
    private static final FloatTensor LATENT = FloatTensor.zeros(1, 4, 2, 2);
    private static final FloatTensor GOOD = FloatTensor.zeros(1, 3, 2, 2);
    private static final FloatTensor BAD = FloatTensor.of(new float[] {1, Float.NaN}, 1, 1, 1, 2);

    @Test
    void whatIsNoNumberIsTriedInAnotherWayOnce() {
        assertSame(GOOD, Decoding.firstFinite(() -> GOOD, () -> {
            throw new AssertionError("needless");
        }));
        assertSame(GOOD, Decoding.firstFinite(() -> BAD, () -> GOOD));
        assertSame(BAD, Decoding.firstFinite(() -> BAD, null));
    }

    @Test
    void aVaeThatGivesNoNumbersOnADeviceIsRunOnTheCpuBeforeTheJobFails(@TempDir Path folder) throws IOException {
        Path starter = Path.of(System.getProperty("gesso.assets")).resolve("models/gesso-starter.safetensors");
        Checkpoint broken = Checkpoint.open(
                TestCheckpoints.withNan(starter, "first_stage_model.decoder.conv_out.bias", folder), null);
        assertEquals(List.of("VAE decoder", "VAE decoder on the CPU"), decode(missing(), broken, 1));
        assertEquals(List.of("VAE decoder"), decode(Device.CPU, broken, 0));
    }

    /** Decodes in vain. @return the networks that were loaded for it */
    private static List<String> decode(Device device, Checkpoint checkpoint, int retries) {
        List<String> loaded = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        Models.Listener listener = new Models.Listener() {
            @Override
            public void loading(String network) {
                loaded.add(network);
            }

            @Override
            public void notice(String sentence) {}
        };
        try (Models models = new Models(device, Models.defaultBudget(), listener)) {
            Decoding decoding = new Decoding(models, checkpoint, new CancelToken(), false, notices::add);
            GessoException e = assertThrows(GessoException.class, () -> decoding.decode(LATENT));
            assertTrue(e.sentence().contains("Choose another VAE"), e.sentence());
        }
        assertEquals(retries, notices.size(), notices.toString());
        return loaded;
    }

    /** A device that this machine lacks: its models run on the CPU, but it is not the CPU that was asked for. */
    private static Device missing() {
        return Arrays.stream(Device.values())
                .filter(d -> !Devices.probe(d).works())
                .findFirst()
                .orElseThrow();
    }
}
