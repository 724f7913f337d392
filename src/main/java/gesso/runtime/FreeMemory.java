package gesso.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The memory that models can still have, in bytes.
 *
 * @param now without slowing the machine down
 * @param atMost with what the system can put aside on the disk
 */
public record FreeMemory(long now, long atMost) {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    /** Of a device; empty where nothing tells. */
    public static Optional<FreeMemory> of(Device device) {
        return switch (device) {
            case CPU -> host();
            case CUDA, TENSORRT -> nvidia();
            default -> Optional.empty();
        };
    }

    private static Optional<FreeMemory> host() {
        try {
            long available = 0;
            long swap = 0;
            for (String line : Files.readAllLines(MEMINFO)) {
                if (line.startsWith("MemAvailable:")) {
                    available = kilobytes(line);
                } else if (line.startsWith("SwapFree:")) {
                    swap = kilobytes(line);
                }
            }
            return available == 0 ? Optional.empty() : Optional.of(new FreeMemory(available, available + swap));
        } catch (IOException e) {
            return windows();
        }
    }

    /** macOS counts memory that it would give back as taken: nothing can be said there. */
    private static Optional<FreeMemory> windows() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        if (windows
                && ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean os) {
            long free = os.getFreeMemorySize();
            return Optional.of(new FreeMemory(free, free + os.getFreeSwapSpaceSize()));
        }
        return Optional.empty();
    }

    private static long kilobytes(String line) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** ONNX Runtime's Java interface does not tell: the driver's own program does. */
    private static Optional<FreeMemory> nvidia() {
        try {
            Process asked = new ProcessBuilder(
                            "nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits", "--id=0")
                    .redirectErrorStream(true)
                    .start();
            if (!asked.waitFor(3, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(asked.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
            if (asked.exitValue() != 0 || !said.matches("\\d{1,9}")) {
                return Optional.empty();
            }
            long free = Long.parseLong(said) << 20;
            return Optional.of(new FreeMemory(free, free));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
