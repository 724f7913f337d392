package gesso.command;

import java.util.Locale;

/** Amounts of memory and of disk, for people. */
final class Bytes {
    private Bytes() {}

    /** E.g. {@code 38.6 MB}, {@code 4.27 GB}; in powers of ten, as disks and download pages count. */
    static String words(long bytes) {
        if (bytes >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
        }
        return bytes >= 1_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
}
