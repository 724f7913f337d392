package gesso.library.gallery;

import gesso.image.metadata.Infotext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pictures as rows of the index, there and back. */
final class IndexRows {
    /** The columns that {@link #read} wants. */
    static final String COLUMNS = "id, path, taken, prompt, negative, model, seed, width, height, sampler, steps, cfg,"
            + " program, settings, job, rating, tags, note";

    private static final String INSERT = """
            INSERT INTO picture (folder, name, path, stamp, taken, prompt, negative, model, seed, width, height, sampler,
                steps, cfg, denoise, program, settings, job, pixels, source, rating, tags, note)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""";

    private IndexRows() {}

    /** Puts a file in, in the place of what was known of it. */
    static void put(Connection tables, FoundFile found, PictureFacts facts, Marks marks) throws SQLException {
        remove(tables, found.file());
        Infotext said = facts.infotext();
        String tags = tags(marks);
        List<@Nullable Object> values = Arrays.asList(
                folder(found.file()),
                String.valueOf(found.file().getFileName()),
                found.file().toString(),
                found.stamp(),
                found.modified(),
                said.prompt(),
                said.negativePrompt(),
                facts.setting("Model"),
                number(facts.setting("Seed"), Long::valueOf),
                facts.size().width(),
                facts.size().height(),
                facts.setting("Sampler"),
                number(facts.setting("Steps"), Integer::valueOf),
                number(facts.setting("CFG scale"), Double::valueOf),
                number(facts.setting("Denoising strength"), Double::valueOf),
                facts.program(),
                said.settingsLine(),
                facts.job(),
                facts.pixels(),
                facts.source(),
                marks.rating(),
                tags,
                marks.note());
        try (PreparedStatement insert = tables.prepareStatement(INSERT)) {
            GalleryIndex.set(insert, values);
            insert.executeUpdate();
        }
        words(tables, found.file(), said.prompt(), said.negativePrompt(), marks);
    }

    private static void words(Connection tables, Path file, String prompt, String negative, Marks marks)
            throws SQLException {
        try (PreparedStatement insert =
                tables.prepareStatement("INSERT INTO words (rowid, prompt, negative, tags, note)"
                        + " SELECT id, ?, ?, ?, ? FROM picture WHERE folder = ? AND name = ?")) {
            GalleryIndex.set(
                    insert,
                    List.of(
                            SearchWords.spaced(prompt),
                            SearchWords.spaced(negative),
                            SearchWords.spaced(tags(marks)),
                            SearchWords.spaced(marks.note()),
                            folder(file),
                            String.valueOf(file.getFileName())));
            insert.executeUpdate();
        }
    }

    /** Forgets a file. */
    static void remove(Connection tables, Path file) throws SQLException {
        List<String> place = List.of(folder(file), String.valueOf(file.getFileName()));
        for (String delete : List.of(
                "DELETE FROM words WHERE rowid = (SELECT id FROM picture WHERE folder = ? AND name = ?)",
                "DELETE FROM picture WHERE folder = ? AND name = ?")) {
            try (PreparedStatement statement = tables.prepareStatement(delete)) {
                GalleryIndex.set(statement, place);
                statement.executeUpdate();
            }
        }
    }

    /** All rows of an answer. */
    static List<GalleryPicture> read(ResultSet rows, boolean jobs) throws SQLException {
        List<GalleryPicture> pictures = new ArrayList<>();
        while (rows.next()) {
            String tags = rows.getString("tags");
            pictures.add(new GalleryPicture(
                    rows.getLong("id"),
                    Path.of(rows.getString("path")),
                    rows.getLong("taken"),
                    rows.getString("prompt"),
                    rows.getString("negative"),
                    rows.getString("model"),
                    (Long) boxed(rows, rows.getLong("seed")),
                    rows.getInt("width"),
                    rows.getInt("height"),
                    rows.getString("sampler"),
                    (Integer) boxed(rows, rows.getInt("steps")),
                    (Double) boxed(rows, rows.getDouble("cfg")),
                    rows.getString("program"),
                    rows.getString("settings"),
                    rows.getString("job"),
                    new Marks(rows.getInt("rating"), List.of(tags.split("\n", -1)), rows.getString("note"), Map.of()),
                    jobs ? rows.getInt("together") : 1));
        }
        return pictures;
    }

    private static @Nullable Object boxed(ResultSet rows, Object value) throws SQLException {
        return rows.wasNull() ? null : value;
    }

    static String folder(Path file) {
        return String.valueOf(file.getParent());
    }

    /** Each between ends of lines, so that one can be looked for whole. */
    private static String tags(Marks marks) {
        return marks.tags().isEmpty() ? "" : "\n" + String.join("\n", marks.tags()) + "\n";
    }

    private static @Nullable Object number(String text, Function<String, ? extends Number> read) {
        try {
            return text.isBlank() ? null : read.apply(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
