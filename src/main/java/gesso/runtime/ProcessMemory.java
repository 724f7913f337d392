package gesso.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the system says of this process's memory, in bytes. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MACHINE = Path.of("/proc/meminfo");

    private ProcessMemory() {}

    /** Memory that is the process's own: no file's pages. Empty where the system does not tell. */
    public static OptionalLong own() {
        return read("RssAnon:");
    }

    /** The most that was resident at once, files' pages included. Empty where the system does not tell. */
    public static OptionalLong peak() {
        return read("VmHWM:");
    }

    /** What the machine has to give without pushing anything out. Empty where the system does not tell. */
    public static OptionalLong available() {
        return read(MACHINE, "MemAvailable:");
    }

    /** All memory of the machine. */
    static long physical() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private static OptionalLong read(String field) {
        return read(STATUS, field);
    }

    private static OptionalLong read(Path file, String field) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
