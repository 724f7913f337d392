package gesso.library.gallery;

import gesso.library.Json;
import gesso.library.SafeFiles;
import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the marks of a picture lie: {@code .gesso/NAME.json} in its folder, so that they go where the folder goes, and are
 * there whatever becomes of the index. A picture without marks has no such file.
 */
final class MarksFile {
    static final String FOLDER = ".gesso";

    private MarksFile() {}

    static Path of(Path picture) {
        return picture.resolveSibling(FOLDER).resolve(picture.getFileName() + ".json");
    }

    /** The marks; none where the file is missing or broken. */
    static Marks read(Path picture) {
        try {
            Map<String, @Nullable Object> members = new LinkedHashMap<>(Json.readObject(Files.readString(of(picture))));
            List<String> tags = new ArrayList<>();
            if (members.remove("tags") instanceof List<?> list) {
                list.forEach(tag -> tags.add(String.valueOf(tag)));
            }
            Object rating = members.remove("rating");
            Object note = members.remove("note");
            return new Marks(
                    rating instanceof Number stars ? stars.intValue() : 0,
                    tags,
                    note instanceof String text ? text : "",
                    members);
        } catch (IOException | BadInput e) {
            return Marks.NONE;
        }
    }

    /**
     * Writes the marks, whole or not at all.
     *
     * @throws GessoException where they cannot be written; what was there before stays
     */
    static void write(Path picture, Marks marks) {
        Path file = of(picture);
        try {
            if (marks.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("rating", marks.rating());
            members.put("tags", marks.tags());
            members.put("note", marks.note());
            marks.unknown().forEach(members::putIfAbsent);
            SafeFiles.replace(file, (Json.pretty(members) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new GessoException(
                    "Stars, tags and notes of %s could not be kept: %s."
                            .formatted(picture.getFileName(), SafeFiles.why(e)),
                    e);
        }
    }
}
