package gesso.library.gallery;

import gesso.image.PictureFiles;
import gesso.image.PixelHash;
import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All pictures of some folders. Everything here may wait for a disk: it is for io threads. Thread-safe. What is said of a
 * picture (stars, tags, notes) goes into a file beside it first; the index follows.
 */
public final class GalleryLibrary implements AutoCloseable {
    /** The rows of ids that another query finds. */
    private static final String ROWS = """
            SELECT %s%s FROM (%s ORDER BY found DESC LIMIT ? OFFSET ?)
            JOIN picture ON picture.id = found JOIN texts ON texts.id = found ORDER BY found DESC""";

    private final List<Path> folders;
    private final GalleryIndex index;
    private final Trash trash;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object scanning = new Object();
    private volatile boolean closed;

    /**
     * Knows what its index knows; {@link #scan} brings that to what is there.
     *
     * @param folders of pictures, with all that is in them; the same picture twice is there once
     * @param index the SQLite file; null: in memory
     */
    public GalleryLibrary(List<Path> folders, @Nullable Path index, Trash trash) {
        this.folders = folders.stream()
                .map(f -> f.toAbsolutePath().normalize())
                .distinct()
                .toList();
        this.index = new GalleryIndex(index);
        this.trash = trash;
    }

    /** Is called, on any thread, when the list may have changed. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private synchronized <T> T run(GalleryIndex.Work<T> work) {
        int before = index.beginnings();
        T result = index.run(work);
        refillAfter(before);
        return result;
    }

    private synchronized <T> T together(GalleryIndex.Work<T> work) {
        int before = index.beginnings();
        T result = index.together(work);
        refillAfter(before);
        return result;
    }

    /** An index that turned out to be broken is empty now. */
    private void refillAfter(int beginnings) {
        if (index.beginnings() != beginnings && !closed) {
            Thread filling = new Thread(this::scan, "gallery-index");
            filling.setDaemon(true);
            filling.start();
        }
    }

    /** Looks at the folders. @return how many files were read because they were new or had changed */
    public int scan() {
        synchronized (scanning) {
            return scanNow();
        }
    }

    private int scanNow() {
        GalleryScan.IndexAccess access = new GalleryScan.IndexAccess() {
            @Override
            public <T> T together(GalleryIndex.Work<T> work) {
                return GalleryLibrary.this.together(work);
            }
        };
        return new GalleryScan(folders, access, () -> closed, this::changed).run();
    }

    /** Forgets the index and makes it anew from the files. */
    public int rebuild() {
        synchronized (this) {
            index.startOver();
        }
        return scan();
    }

    /** Takes in one file that is new, has changed or is gone. */
    public void refresh(Path picture) {
        Path file = picture.toAbsolutePath().normalize();
        boolean unused = together(tables -> {
            try {
                IndexRows.put(tables, FoundFile.of(file), PictureFacts.read(file), MarksFile.read(file));
            } catch (IOException | BadInput e) {
                IndexRows.remove(tables, file);
            }
            return true;
        });
        changed();
    }

    /**
     * A piece of the list that a search gives, newest first.
     *
     * @param jobs each job once, by its newest picture
     * @throws BadInput where the search is none, with a sentence
     */
    public List<GalleryPicture> page(String search, boolean jobs, int offset, int limit) {
        GallerySearch parsed = GallerySearch.parse(search);
        String ids = jobs
                ? parsed.ids("max(picture.id) AS found, count(*) AS together, picture.job") + " GROUP BY picture.job"
                : parsed.ids("picture.id AS found");
        String sql = ROWS.formatted(IndexRows.COLUMNS, jobs ? ", together" : "", ids);
        return select(sql, parsed.with((long) limit, (long) offset), jobs);
    }

    /** How long that list is. */
    public int count(String search, boolean jobs) {
        GallerySearch parsed = GallerySearch.parse(search);
        String sql = parsed.ids(jobs ? "count(DISTINCT picture.job)" : "count(*)");
        return run(tables -> {
            try (PreparedStatement select = tables.prepareStatement(sql)) {
                GalleryIndex.set(select, parsed.with());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.getInt(1);
                }
            }
        });
    }

    private List<GalleryPicture> select(String sql, List<?> values, boolean jobs) {
        return run(tables -> {
            try (PreparedStatement select = tables.prepareStatement(sql)) {
                GalleryIndex.set(select, values);
                try (ResultSet rows = select.executeQuery()) {
                    return IndexRows.read(rows, jobs);
                }
            }
        });
    }

    /**
     * Changes what is said of a picture.
     *
     * @return what is said now
     * @throws GessoException where it cannot be kept; nothing has changed then
     */
    public Marks mark(Path picture, UnaryOperator<Marks> change) {
        Path file = picture.toAbsolutePath().normalize();
        Marks now;
        synchronized (this) {
            now = change.apply(MarksFile.read(file));
            MarksFile.write(file, now);
        }
        refresh(file);
        return now;
    }

    /**
     * Moves a picture to the system's trash, and what was said of it aside.
     *
     * @return brings both back
     * @throws GessoException where the trash cannot be reached; the picture stays then
     */
    public Runnable delete(Path picture) {
        Path file = picture.toAbsolutePath().normalize();
        Marks marks = MarksFile.read(file);
        Runnable back = trash.put(file);
        if (!marks.isEmpty()) {
            MarksFile.write(file, Marks.NONE);
        }
        refresh(file);
        return () -> {
            back.run();
            if (!marks.isEmpty()) {
                MarksFile.write(file, marks);
            }
            refresh(file);
        };
    }

    /**
     * What a picture was made from, and what became of it.
     *
     * @param from in the gallery still; usually one
     * @param became newest first
     */
    public record Lineage(List<GalleryPicture> from, List<GalleryPicture> became) {}

    /** Looks for a picture's kin by the hash of its pixels. Where its file does not have it, the pixels are read once. */
    public Lineage lineage(GalleryPicture picture) {
        String pixels = pixels(picture);
        List<GalleryPicture> became =
                pixels.isEmpty() ? List.of() : select(by("source = ? AND source != ''"), List.of(pixels), false);
        String source = text("SELECT source FROM picture WHERE id = ?", picture.id());
        List<GalleryPicture> from =
                source.isEmpty() ? List.of() : select(by("pixels = ? AND pixels != ''"), List.of(source), false);
        return new Lineage(from, became);
    }

    private static String by(String condition) {
        return "SELECT %s FROM picture JOIN texts USING (id) WHERE %s ORDER BY picture.id DESC LIMIT 100"
                .formatted(IndexRows.COLUMNS, condition);
    }

    private String pixels(GalleryPicture picture) {
        String known = text("SELECT pixels FROM picture WHERE id = ?", picture.id());
        if (!known.isEmpty()) {
            return known;
        }
        try {
            String hash = PixelHash.of(PictureFiles.read(picture.file()));
            boolean unused = run(tables -> {
                try (PreparedStatement update = tables.prepareStatement("UPDATE picture SET pixels = ? WHERE id = ?")) {
                    GalleryIndex.set(update, List.of(hash, picture.id()));
                    return update.executeUpdate() > 0;
                }
            });
            return hash;
        } catch (BadInput e) {
            return "";
        }
    }

    private String text(String sql, long id) {
        return run(tables -> {
            try (PreparedStatement select = tables.prepareStatement(sql)) {
                select.setLong(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? rows.getString(1) : "";
                }
            }
        });
    }

    /**
     * Looks for the pictures that others were made from among those whose files do not name their pixels, newest first.
     *
     * @param most pictures to read
     */
    public void findSources(int most) {
        String unknown = """
                SELECT count(*) FROM picture WHERE source != '' AND source NOT IN (SELECT pixels FROM picture)""";
        List<GalleryPicture> silent = select(
                "SELECT %s FROM picture JOIN texts USING (id) WHERE pixels = '' ORDER BY picture.id DESC LIMIT ?"
                        .formatted(IndexRows.COLUMNS),
                List.of((long) most),
                false);
        for (GalleryPicture picture : silent) {
            if (closed || text(unknown + " AND ? > -1", 0).equals("0")) {
                return;
            }
            String unused = pixels(picture);
        }
    }

    /** Every tag that is used, the most used first. */
    public List<String> tags() {
        return run(GalleryLibrary::tags);
    }

    private static List<String> tags(Connection tables) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (PreparedStatement select = tables.prepareStatement("SELECT tags FROM picture WHERE tags != ''");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                for (String tag : rows.getString(1).strip().split("\n", -1)) {
                    counts.merge(tag, 1, Integer::sum);
                }
            }
        }
        return counts.keySet().stream()
                .sorted((a, b) -> Integer.compare(counts.getOrDefault(b, 0), counts.getOrDefault(a, 0)))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            index.close();
        }
    }
}
