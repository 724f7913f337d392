package gesso.library.gallery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A picture file as it lies on disk.
 *
 * @param modified in milliseconds since 1970
 * @param stamp changes whenever the file or its marks do
 * @param marked whether a file of marks lies beside it
 */
record FoundFile(Path file, long modified, String stamp, boolean marked) {
    /** @param marks what {@link #marksIn} found in its folder */
    static FoundFile of(Path file, BasicFileAttributes facts, Map<String, String> marks) {
        String mark = marks.getOrDefault(file.getFileName() + ".json", "");
        return new FoundFile(file, facts.lastModifiedTime().toMillis(), stamp(facts) + "|" + mark, !mark.isEmpty());
    }

    /** @throws IOException where there is no such file */
    static FoundFile of(Path file) throws IOException {
        Map<String, String> marks = new HashMap<>();
        Path beside = MarksFile.of(file);
        if (Files.exists(beside)) {
            marks.put(
                    String.valueOf(beside.getFileName()),
                    stamp(Files.readAttributes(beside, BasicFileAttributes.class)));
        }
        return of(file, Files.readAttributes(file, BasicFileAttributes.class), marks);
    }

    /** The stamps of the marks' files in a folder of pictures, by their names. */
    static Map<String, String> marksIn(Path folder) {
        Map<String, String> stamps = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(MarksFile.FOLDER), "*.json")) {
            for (Path file : files) {
                stamps.put(
                        String.valueOf(file.getFileName()),
                        stamp(Files.readAttributes(file, BasicFileAttributes.class)));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No marks there, or one that went away meanwhile.
        }
        return stamps;
    }

    private static String stamp(BasicFileAttributes facts) {
        return facts.size() + "@" + facts.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
