package gesso.library;

import gesso.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk over all model folders, by names, sizes and times alone: every file of weights, and the pictures beside it. */
final class LibraryScan extends SimpleFileVisitor<Path> {
    private static final int DEEPEST = 12;

    private static final Set<String> ENDINGS = Set.of("safetensors", "sft", "ckpt", "pt", "pth", "bin", "gguf", "onnx");

    /** A1111's and its extensions' names of the picture beside a model, the first that is there. */
    private static final List<String> PREVIEWS = List.of(
            ".preview.png",
            ".preview.jpg",
            ".preview.jpeg",
            ".preview.webp",
            ".png",
            ".jpg",
            ".jpeg",
            ".webp",
            ".preview.gif",
            ".gif");

    private final HashCache hashes;
    private final List<Found> found = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final Set<Path> folders = new HashSet<>();
    /** File names by folder, as they are written, by their small letters. */
    private final Map<Path, Map<String, String>> names = new HashMap<>();

    private Path root = Path.of("");

    private LibraryScan(HashCache hashes) {
        this.hashes = hashes;
    }

    /** A file of weights, or a folder that is one. */
    record Found(
            InstalledModel model, long modified, @Nullable Path preview) {}

    /**
     * What was found.
     *
     * @param folders every folder that was walked through
     */
    record Result(List<Found> models, Set<Path> folders) {}

    static Result of(List<Path> roots, HashCache hashes) {
        LibraryScan scan = new LibraryScan(hashes);
        for (Path each : roots) {
            scan.root = each;
            try {
                Files.walkFileTree(each, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, scan);
            } catch (IOException e) {
                // A folder that is not there, or whose disk is not: the others count.
            }
        }
        List<Found> all = new ArrayList<>();
        scan.found.forEach(f -> all.add(new Found(
                f.model(), f.modified(), scan.preview(f.model().path()).orElse(null))));
        return new Result(all, scan.folders);
    }

    private Optional<Path> preview(Path model) {
        Path parent = model.getParent();
        Map<String, String> beside = parent == null ? Map.of() : names.getOrDefault(parent, Map.of());
        String stem = ModelScan.stem(String.valueOf(model.getFileName())).toLowerCase(Locale.ROOT);
        for (String ending : PREVIEWS) {
            String name = beside.get(stem + ending);
            if (name != null && parent != null) {
                return Optional.of(parent.resolve(name));
            }
        }
        return Optional.empty();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts) {
        String name = String.valueOf(path.getFileName());
        boolean top = path.equals(root);
        if (!top && name.startsWith(".")) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        folders.add(path);
        if (!top && ModelFolder.is(path)) {
            if (seen.add(path)) {
                String hash = hashes.cached(path).orElse(null);
                InstalledModel model =
                        new InstalledModel(ModelFolder.name(path), path, root, ModelFolder.bytes(path), hash);
                found.add(new Found(model, facts.lastModifiedTime().toMillis(), null));
            }
            return FileVisitResult.SKIP_SUBTREE;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes facts) {
        String name = path.getFileName().toString();
        if (!facts.isRegularFile() || name.startsWith(".")) {
            return FileVisitResult.CONTINUE;
        }
        String small = name.toLowerCase(Locale.ROOT);
        Path parent = path.getParent();
        if (ENDINGS.contains(small.substring(small.lastIndexOf('.') + 1))) {
            if (seen.add(path)) {
                long modified = facts.lastModifiedTime().toMillis();
                String hash = hashes.cached(path, facts.size(), modified).orElse(null);
                found.add(new Found(
                        new InstalledModel(ModelScan.stem(name), path, root, facts.size(), hash), modified, null));
            }
        } else if (parent != null) {
            names.computeIfAbsent(parent, p -> new HashMap<>()).putIfAbsent(small, name);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException fault) {
        return FileVisitResult.CONTINUE; // a loop of links, or a folder that may not be read
    }
}
