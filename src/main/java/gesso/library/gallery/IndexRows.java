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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pictures as rows of the index, there and back. */
final class IndexRows {
    /** The columns that {@link #read} wants. */
    static final String COLUMNS =
            "picture.id, path, taken, prompt, negative, model, seed, width, height, sampler, steps,"
                    + " cfg, program, settings, picture.job, rating, tags, note";

    /** So many pictures may have been written in the same millisecond, as an archive that is unpacked has them. */
    private static final long A_MILLISECOND = 1 << 20;

    private static final long LATEST = Long.MAX_VALUE / A_MILLISECOND - 1;

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9}).*");

    private static final String INSERT = """
            INSERT INTO picture (id, folder, name, stamp, taken, model, seed, width, height, sampler, steps, cfg, denoise,
                program, job, pixels, source, rating, tags)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""";

    private IndexRows() {}

    /** Below it is every picture that was written before this moment, and none after it. */
    static long firstId(long millis) {
        return Math.max(0, Math.min(LATEST, millis)) * A_MILLISECOND;
    }

    /** Puts a file in, in the place of what was known of it. */
    static void put(Connection tables, FoundFile found, PictureFacts facts, Marks marks) throws SQLException {
        remove(tables, found.file());
        Infotext said = facts.infotext();
        long id = freeId(tables, found);
        change(
                tables,
                INSERT,
                Arrays.asList(
                        id,
                        folder(found.file()),
                        String.valueOf(found.file().getFileName()),
                        found.stamp(),
                        found.modified(),
                        facts.setting("Model"),
                        number(facts.setting("Seed"), Long::valueOf),
                        facts.size().width(),
                        facts.size().height(),
                        facts.setting("Sampler"),
                        number(facts.setting("Steps"), Integer::valueOf),
                        number(facts.setting("CFG scale"), Double::valueOf),
                        number(facts.setting("Denoising strength"), Double::valueOf),
                        facts.program(),
                        facts.job(),
                        facts.pixels(),
                        facts.source(),
                        marks.rating(),
                        tags(marks)));
        change(
                tables,
                "INSERT INTO texts (id, path, prompt, negative, settings, note) VALUES (?,?,?,?,?,?)",
                List.of(
                        id,
                        found.file().toString(),
                        said.prompt(),
                        said.negativePrompt(),
                        said.settingsLine(),
                        marks.note()));
        change(
                tables,
                "INSERT INTO words (rowid, text) VALUES (?,?)",
                List.of(id, SearchWords.together(said.prompt(), marks.tags(), marks.note())));
    }

    private static void change(Connection tables, String sql, List<? extends @Nullable Object> values)
            throws SQLException {
        try (PreparedStatement insert = tables.prepareStatement(sql)) {
            GalleryIndex.set(insert, values);
            insert.executeUpdate();
        }
    }

    /** Of pictures of the same moment the one with the higher number in its name is the newer. */
    private static long freeId(Connection tables, FoundFile found) throws SQLException {
        Matcher name = NUMBER.matcher(String.valueOf(found.file().getFileName()));
        long id = firstId(found.modified()) + (name.matches() ? Long.parseLong(name.group(1)) % A_MILLISECOND : 0);
        try (PreparedStatement taken = tables.prepareStatement("SELECT 1 FROM picture WHERE id = ?")) {
            for (; ; id++) {
                taken.setLong(1, id);
                try (ResultSet rows = taken.executeQuery()) {
                    if (!rows.next()) {
                        return id;
                    }
                }
            }
        }
    }

    /** Forgets a file. */
    static void remove(Connection tables, Path file) throws SQLException {
        try (PreparedStatement select =
                tables.prepareStatement("SELECT id FROM picture WHERE folder = ? AND name = ?")) {
            GalleryIndex.set(select, List.of(folder(file), String.valueOf(file.getFileName())));
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    remove(tables, rows.getLong(1));
                }
            }
        }
    }

    private static void remove(Connection tables, long id) throws SQLException {
        for (String table : List.of("words WHERE rowid", "texts WHERE id", "picture WHERE id")) {
            change(tables, "DELETE FROM " + table + " = ?", List.of(id));
        }
    }

    /** Forgets all files of a folder. */
    static void removeFolder(Connection tables, String folder) throws SQLException {
        for (String table : List.of("words WHERE rowid", "texts WHERE id")) {
            change(tables, "DELETE FROM " + table + " IN (SELECT id FROM picture WHERE folder = ?)", List.of(folder));
        }
        change(tables, "DELETE FROM picture WHERE folder = ?", List.of(folder));
    }

    /** The rows that a query finds. */
    static List<GalleryPicture> select(Connection tables, String sql, List<?> values, boolean jobs)
            throws SQLException {
        try (PreparedStatement select = tables.prepareStatement(sql)) {
            GalleryIndex.set(select, values);
            try (ResultSet rows = select.executeQuery()) {
                return read(rows, jobs);
            }
        }
    }

    private static List<GalleryPicture> read(ResultSet rows, boolean jobs) throws SQLException {
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
