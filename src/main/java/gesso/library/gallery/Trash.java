package gesso.library.gallery;

import gesso.image.DesktopTrash;
import gesso.library.SafeFiles;
import gesso.request.GessoException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The system's trash. On Linux and its like it is the one of the freedesktop.org specification 1.0, which every desktop there
 * shows; elsewhere the desktop is asked, and a copy is kept to bring the file back from.
 */
public interface Trash {
    /** Moves a file into the trash. @return brings it back to where it was */
    Runnable put(Path file);

    /**
     * This system's.
     *
     * @param data the user's data folder by the XDG rules, {@code ~/.local/share}; used on Linux alone
     * @param cache where copies are kept elsewhere
     */
    static Trash ofSystem(String os, Path data, Path cache) {
        String name = os.toLowerCase(java.util.Locale.ROOT);
        boolean other = name.startsWith("windows") || name.startsWith("mac");
        return other ? file -> withCopy(file, cache) : file -> freedesktop(file, data.resolve("Trash"));
    }

    private static Runnable freedesktop(Path file, Path trash) {
        Path from = file.toAbsolutePath();
        try {
            Files.createDirectories(trash.resolve("files"));
            Files.createDirectories(trash.resolve("info"));
            Path info = claim(from, trash);
            String name = String.valueOf(info.getFileName());
            Path there = trash.resolve("files").resolve(name.substring(0, name.length() - ".trashinfo".length()));
            try {
                Files.move(from, there);
            } catch (IOException e) {
                Files.deleteIfExists(info);
                throw e;
            }
            return () -> back(there, from, info);
        } catch (IOException e) {
            throw unmoved(from, e);
        }
    }

    /** The .trashinfo is written first: it reserves the name. */
    private static Path claim(Path from, Path trash) throws IOException {
        String path = URI.create("file:///").relativize(from.toUri()).getRawPath();
        String info = "[Trash Info]\nPath=/%s\nDeletionDate=%s\n"
                .formatted(
                        path,
                        LocalDateTime.now(ZoneId.systemDefault())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
        String name = String.valueOf(from.getFileName());
        for (int n = 1; ; n++) {
            String free = n == 1 ? name : n + "-" + name;
            Path file = trash.resolve("info").resolve(free + ".trashinfo");
            try {
                if (!Files.exists(trash.resolve("files").resolve(free))) {
                    return Files.writeString(file, info, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
                }
            } catch (FileAlreadyExistsException e) {
                // Taken: the next name.
            }
        }
    }

    private static void back(Path there, Path to, Path info) {
        try {
            Files.createDirectories(to.resolveSibling(""));
            Files.move(there, to);
            Files.deleteIfExists(info);
        } catch (IOException e) {
            throw new GessoException(
                    "%s could not be brought back; it is in the trash still.".formatted(to.getFileName()), e);
        }
    }

    private static Runnable withCopy(Path file, Path cache) {
        try {
            byte[] content = Files.readAllBytes(file);
            Path copy = SafeFiles.writeNew(n -> cache.resolve("deleted").resolve(n + ".bin"), 1, content);
            if (!DesktopTrash.move(file)) {
                Files.delete(copy);
                throw new GessoException(
                        "%s stays: this desktop has no trash that can be reached.".formatted(file.getFileName()));
            }
            return () -> back(copy, file, copy);
        } catch (IOException e) {
            throw unmoved(file, e);
        }
    }

    private static GessoException unmoved(Path file, IOException e) {
        return new GessoException(
                "%s could not be moved to the trash: %s.".formatted(file.getFileName(), SafeFiles.why(e)), e);
    }
}
