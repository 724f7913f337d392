package gesso.library.gallery;

import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
    private volatile List<Path> others = List.of();
    private final GalleryIndex index;
    private final IndexAccess tables = new Guarded();
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
        this.folders = List.copyOf(folders);
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

    /** One at a time; an index that was made anew is filled again. */
    private final class Guarded implements IndexAccess {
        @Override
        public <T> T run(GalleryIndex.Work<T> work) {
            synchronized (index) {
                int before = index.beginnings();
                T result = index.run(work);
                refillAfter(before);
                return result;
            }
        }

        @Override
        public <T> T together(GalleryIndex.Work<T> work) {
            synchronized (index) {
                int before = index.beginnings();
                T result = index.together(work);
                refillAfter(before);
                return result;
            }
        }
    }

    /** An index that turned out to be broken is empty now. */
    private void refillAfter(int beginnings) {
        if (index.beginnings() != beginnings && !closed) {
            Thread filling = new Thread(this::scan, "gallery-index");
            filling.setDaemon(true);
            filling.start();
        }
    }

    /** Folders of pictures made elsewhere, besides its own: the next {@link #scan} looks at these instead of those before. */
    public void setOthers(List<Path> more) {
        others = List.copyOf(more);
    }

    private List<Path> allFolders() {
        return Stream.concat(folders.stream(), others.stream())
                .map(f -> f.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    /** Looks at the folders. @return how many files were read because they were new or had changed */
    public int scan() {
        synchronized (scanning) {
            return new GalleryScan(allFolders(), tables, () -> closed, this::changed).run();
        }
    }

    /** Forgets the index and makes it anew from the files. */
    public int rebuild() {
        synchronized (index) {
            index.startOver();
        }
        return scan();
    }

    /** Takes in one file that is new, has changed or is gone. */
    public void refresh(Path picture) {
        Path file = picture.toAbsolutePath().normalize();
        boolean unused = tables.together(rows -> {
            try {
                IndexRows.put(rows, FoundFile.of(file), PictureFacts.read(file), MarksFile.read(file));
            } catch (IOException | BadInput e) {
                IndexRows.remove(rows, file);
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
        List<Object> values = parsed.with((long) limit, (long) offset);
        return tables.run(index -> IndexRows.select(index, sql, values, jobs));
    }

    /** How long that list is. */
    public int count(String search, boolean jobs) {
        GallerySearch parsed = GallerySearch.parse(search);
        String sql = parsed.ids(jobs ? "count(DISTINCT picture.job)" : "count(*)");
        return tables.run(index -> {
            try (PreparedStatement select = index.prepareStatement(sql)) {
                GalleryIndex.set(select, parsed.with());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.getInt(1);
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
        if (!Files.exists(file)) {
            throw new GessoException("%s is not there any more.".formatted(file.getFileName()));
        }
        synchronized (trash) {
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
        return new Kinship(tables).of(picture);
    }

    /**
     * Looks for the pictures that others were made from among those whose files do not name their pixels, newest first.
     *
     * @param most pictures to read
     */
    public void findSources(int most) {
        new Kinship(tables).findSources(most, () -> closed);
    }

    @Override
    public void close() {
        closed = true;
        synchronized (index) {
            index.close();
        }
    }
}
