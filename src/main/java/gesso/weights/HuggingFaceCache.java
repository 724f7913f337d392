package gesso.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Hugging Face's cache: {@code models--ORG--NAME/snapshots/REVISION}, whose files are links into {@code blobs}. */
final class HuggingFaceCache {
    private static final String REPOSITORY = "models--";

    private HuggingFaceCache() {}

    /** The snapshot of a repository in the cache that is in use, the newest where that is not said; any other folder itself. */
    static Path snapshot(Path folder) {
        Path snapshots = folder.resolve("snapshots");
        if (!Faults.name(folder).startsWith(REPOSITORY) || !Files.isDirectory(snapshots)) {
            return folder;
        }
        try (Stream<Path> all = Files.list(snapshots)) {
            Optional<Path> used = Optional.of(folder.resolve("refs/main"))
                    .filter(Files::isRegularFile)
                    .map(HuggingFaceCache::revision)
                    .filter(revision -> revision.matches("[0-9a-f]{1,64}"))
                    .map(snapshots::resolve)
                    .filter(Files::isDirectory);
            return used.or(() -> all.filter(Files::isDirectory).max(Comparator.comparing(HuggingFaceCache::time)))
                    .orElse(folder);
        } catch (IOException e) {
            throw Faults.unreadable(folder, e);
        }
    }

    private static String revision(Path file) {
        FileBytes bytes = new FileBytes(file);
        return new String(bytes.read(0, (int) Math.min(64, bytes.size())), StandardCharsets.ISO_8859_1).strip();
    }

    private static long time(Path folder) {
        return folder.toFile().lastModified();
    }

    /** What an artist calls the folder: in the cache, the repository's name. */
    static String name(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            String name = Faults.name(at);
            if (name.startsWith(REPOSITORY)) {
                return name.substring(name.lastIndexOf("--") + 2);
            }
        }
        return Faults.name(folder.toAbsolutePath().normalize());
    }
}
