package gesso.library.gallery;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the index to what lies in the folders. Files whose size and time are known are not opened. The index is free for
 * others between two handfuls of files.
 */
final class GalleryScan {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "jfif");

    /** A few milliseconds of writing. */
    private static final int HANDFUL = 200;

    private final List<Path> folders;
    private final IndexAccess index;
    private final BooleanSupplier stopped;
    private final Runnable changed;
    private int added;

    private record Read(FoundFile found, PictureFacts facts, Marks marks) {}

    /** @param changed is called after each handful that was new */
    GalleryScan(List<Path> folders, IndexAccess index, BooleanSupplier stopped, Runnable changed) {
        this.folders = folders;
        this.index = index;
        this.stopped = stopped;
        this.changed = changed;
    }

    /** Walks the folders. @return how many files were read */
    int run() {
        Set<String> seen = new HashSet<>();
        for (Path folder : folders) {
            walk(folder, seen);
        }
        if (!stopped.getAsBoolean()) {
            forgetFoldersBut(seen);
        }
        return added;
    }

    private void walk(Path root, Set<String> seen) {
        Map<Path, List<FoundFile>> found = new HashMap<>();
        Map<Path, Map<String, String>> marks = new HashMap<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 16, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
                    if (stopped.getAsBoolean()) {
                        return FileVisitResult.TERMINATE;
                    }
                    if (!folder.equals(root) && isHidden(folder)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    found.put(folder, new ArrayList<>());
                    marks.put(folder, FoundFile.marksIn(folder));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                    List<FoundFile> siblings = found.get(file.getParent());
                    if (siblings != null && facts.isRegularFile() && isPicture(file)) {
                        siblings.add(FoundFile.of(file, facts, marks.getOrDefault(file.getParent(), Map.of())));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // gone, not to be read, or a link in a circle
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
                    List<FoundFile> files = found.remove(folder);
                    marks.remove(folder);
                    if (files != null && seen.add(folder.toString())) {
                        folder(folder, files);
                    }
                    return stopped.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "not scanned: " + root, e);
        }
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) && !isHidden(file);
    }

    private void folder(Path folder, List<FoundFile> files) {
        Map<String, String> known = known(folder);
        List<FoundFile> fresh = new ArrayList<>();
        for (FoundFile file : files) {
            String stamp = known.remove(String.valueOf(file.file().getFileName()));
            if (!file.stamp().equals(stamp)) {
                fresh.add(file);
            }
        }
        forget(folder, known.keySet());
        for (int from = 0; from < fresh.size() && !stopped.getAsBoolean(); from += HANDFUL) {
            put(fresh.subList(from, Math.min(from + HANDFUL, fresh.size())));
        }
    }

    private Map<String, String> known(Path folder) {
        return index.together(tables -> {
            Map<String, String> stamps = new HashMap<>();
            try (PreparedStatement select =
                    tables.prepareStatement("SELECT name, stamp FROM picture WHERE folder = ?")) {
                select.setString(1, folder.toString());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        stamps.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
            return stamps;
        });
    }

    private void put(List<FoundFile> files) {
        List<Read> handful = new ArrayList<>();
        for (FoundFile file : files) {
            try {
                Marks marks = file.marked() ? MarksFile.read(file.file()) : Marks.NONE;
                handful.add(new Read(file, PictureFacts.read(file.file()), marks));
            } catch (BadInput e) {
                // No picture, whatever its name says.
            }
        }
        boolean unused = index.together(tables -> {
            for (Read read : handful) {
                IndexRows.put(tables, read.found(), read.facts(), read.marks());
            }
            return true;
        });
        added += handful.size();
        changed.run();
    }

    private void forget(Path folder, Set<String> names) {
        if (!names.isEmpty()) {
            boolean unused = index.together(tables -> {
                for (String name : names) {
                    IndexRows.remove(tables, folder.resolve(name));
                }
                return true;
            });
            changed.run();
        }
    }

    private void forgetFoldersBut(Set<String> seen) {
        boolean some = index.together(tables -> {
            List<String> gone = new ArrayList<>();
            try (PreparedStatement select = tables.prepareStatement("SELECT DISTINCT folder FROM picture");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    gone.add(rows.getString(1));
                }
            }
            gone.removeAll(seen);
            for (String folder : gone) {
                IndexRows.removeFolder(tables, folder);
            }
            return !gone.isEmpty();
        });
        if (some) {
            changed.run();
        }
    }
}
