package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gesso.FamilyCheckpoints;
import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of all families one after another, in a process of its own, with the environment that the launcher gives it. */
class SwitchingModelsTest {
    private static final Pattern VARIABLE = Pattern.compile("(MALLOC_\\w+)=\"\\$\\{\\w+:-(\\d+)}\"");

    /** Comes and goes; a UNet a change that stayed would be more. */
    private static final long NOISE = 48L << 20;

    @TempDir
    Path folder;

    @Test
    void twentyFiveSwitchesLeaveTheMemoryWhereItWas() throws Exception {
        switches(25, 12);
    }

    @Test
    @Tag("long")
    void aHundredSwitchesLeaveTheMemoryWhereItWas() throws Exception {
        switches(100, 20);
    }

    private void switches(int count, int warm) throws Exception {
        assumeTrue(ProcessMemory.own().isPresent());
        Path out = folder.resolve("out");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SwitchingModelsTest.class.getName(),
                folder.toString(),
                String.valueOf(count));
        List<MatchResult> variables =
                VARIABLE.matcher(Files.readString(Path.of("gesso"))).results().toList();
        assertEquals(3, variables.size());
        variables.forEach(v -> java.environment().put(v.group(1), v.group(2)));
        Process process =
                java.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertEquals(0, process.waitFor(), () -> read(out));
        long[] own = read(out).lines().mapToLong(Long::parseLong).toArray();
        assertEquals(count + 1, own.length);
        assertTrue(
                own[count] < own[warm] + NOISE,
                () -> Arrays.toString(Arrays.stream(own).map(b -> b >> 20).toArray()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes models so many times, and tells how much memory is its own after each. */
    public static void main(String[] arguments) {
        FamilyCheckpoints checkpoints = new FamilyCheckpoints(Path.of(arguments[0]));
        List<String> names = List.of("sd2", "sdxl", "refiner", "tiny-sd");
        // Room for less than one model: what is leased next makes what was leased before go.
        try (Models models = new Models(Device.CPU, 1 << 20, new Silent())) {
            for (int i = 0; i <= Integer.parseInt(arguments[1]); i++) {
                WeightFile file = WeightFiles.open(checkpoints.file(names.get(i % names.size())));
                models.textEncoder(file).close();
                try (Lease<UNetModel> unet = models.unet(file)) {
                    run(unet.get());
                }
                models.vaeDecoder(file).close();
                if (models.figures().size() > 1) {
                    throw new IllegalStateException(models.figures().toString());
                }
                System.gc();
                System.out.println(ProcessMemory.own().orElse(0));
            }
        }
    }

    private static void run(UNetModel unet) {
        FloatTensor y = unet.labelWidth() == 0 ? null : FloatTensor.zeros(1, unet.labelWidth());
        unet.predict(
                FloatTensor.zeros(1, unet.inputChannels(), 8, 8),
                new float[] {500},
                FloatTensor.zeros(1, 77, unet.contextWidth()),
                y,
                new CancelToken());
    }

    private static final class Silent implements Models.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void notice(String sentence) {}
    }
}
