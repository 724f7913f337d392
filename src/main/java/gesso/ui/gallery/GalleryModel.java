package gesso.ui.gallery;

import gesso.library.gallery.GalleryLibrary;
import gesso.library.gallery.GalleryPicture;
import gesso.library.gallery.Marks;
import gesso.request.GessoException;
import gesso.ui.common.Background;
import gesso.ui.common.Newest;
import gesso.ui.common.PictureReader;
import gesso.ui.common.Problem;
import gesso.ui.common.TextSetting;
import gesso.ui.common.ToggleSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that a search finds, newest first, read in pages as they come into sight; which one is selected; and what is
 * said of them. On the FX thread; whatever waits for a disk happens elsewhere.
 */
public final class GalleryModel implements AutoCloseable {
    private static final int PAGE = 100;
    private static final Duration CALM = Duration.millis(250);

    private final Supplier<GalleryLibrary> opener;
    private final Background work = new Background();
    private final Background scanning = new Background();
    private final Thumbnails thumbnails;
    private final Newest<Loaded> searches;
    private final Newest<Integer> counts;
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final ToggleSetting byJob = new ToggleSetting("gallery.by-job", false);
    private final TextSetting folders = new TextSetting("gallery.folders");
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper(this, "count", 0);
    private final ReadOnlyIntegerWrapper version = new ReadOnlyIntegerWrapper(this, "version", 0);
    private final IntegerProperty selected = new SimpleIntegerProperty(this, "selected", -1);
    private final ObjectProperty<@Nullable Problem> problem = new SimpleObjectProperty<>(this, "problem");
    private final ObjectProperty<@Nullable Undo> undoable = new SimpleObjectProperty<>(this, "undoable");
    private final Map<Integer, List<GalleryPicture>> pages = new HashMap<>();
    private final Set<Integer> asked = new HashSet<>();
    private final Deque<Undo> undos = new ArrayDeque<>();
    private final PauseTransition soon = new PauseTransition(CALM);
    private final AtomicBoolean told = new AtomicBoolean();
    private @Nullable GalleryLibrary library;
    private @Nullable Loaded shown;
    private boolean opened;

    /** What a search finds first. How much it finds in all may take longer than that. */
    private record Loaded(String search, boolean jobs, Map<Integer, List<GalleryPicture>> pages) {
        /** As many as are known to be there. */
        int least() {
            return pages.entrySet().stream()
                    .filter(page -> !page.getValue().isEmpty())
                    .mapToInt(page -> page.getKey() * PAGE + page.getValue().size())
                    .max()
                    .orElse(0);
        }
    }

    /**
     * The way back from the last change.
     *
     * @param key the words of what was done
     */
    public record Undo(String key, String name, Runnable back) {}

    /** @param opener opens the index; called once, on a background thread */
    public GalleryModel(Supplier<GalleryLibrary> opener, PictureReader pictures) {
        this.opener = opener;
        thumbnails = new Thumbnails(pictures, 128L << 20);
        searches = new Newest<>(work, this::show, this::failed);
        counts = new Newest<>(work, this::counted, this::failed);
        search.addListener((property, old, now) -> soon.playFromStart());
        byJob.onChange(this::refresh);
        soon.setOnFinished(event -> refresh());
    }

    /** The folders of pictures made elsewhere, a line each. */
    public TextSetting folders() {
        return folders;
    }

    /** Takes the pictures of one more folder in. */
    public void addFolder(Path folder) {
        if (folders.get().lines().noneMatch(folder.toString()::equals)) {
            folders.set((folders.get() + "\n" + folder).strip());
        }
        open();
    }

    /** Leaves the pictures of folders made elsewhere out again; they stay where they are. */
    public void forgetFolders() {
        folders.reset();
        open();
    }

    private static List<Path> paths(String lines) {
        List<Path> paths = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            try {
                paths.add(Path.of(line));
            } catch (InvalidPathException e) {
                // Of another system: nothing lies there.
            }
        }
        return paths;
    }

    /** Looks at the folders anew, and shows what is known at once. */
    public void open() {
        opened = true;
        refresh();
        List<Path> others = paths(folders.get());
        scanning.run(
                () -> {
                    GalleryLibrary gallery = library();
                    gallery.setOthers(others);
                    int read = gallery.scan();
                    gallery.findSources(1000);
                    return read;
                },
                read -> {},
                this::failed);
    }

    private synchronized GalleryLibrary library() {
        GalleryLibrary there = library;
        if (there == null) {
            there = opener.get();
            there.onChange(() -> {
                if (told.compareAndSet(false, true)) {
                    Platform.runLater(() -> {
                        told.set(false);
                        soon.play();
                    });
                }
            });
            library = there;
        }
        return there;
    }

    public StringProperty searchProperty() {
        return search;
    }

    /** Whether each job is seen once. */
    public ToggleSetting byJob() {
        return byJob;
    }

    /** How many pictures, or jobs, were found. */
    public ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** Changes whenever what {@link #at} answers may have changed. */
    public ReadOnlyIntegerProperty versionProperty() {
        return version.getReadOnlyProperty();
    }

    /** The place of the selected picture; -1: none. */
    public IntegerProperty selectedProperty() {
        return selected;
    }

    /** What is wrong with the search, or went wrong. */
    public ObjectProperty<@Nullable Problem> problemProperty() {
        return problem;
    }

    /** The last change that {@link #undo} takes back; null: none. */
    public ObjectProperty<@Nullable Undo> undoableProperty() {
        return undoable;
    }

    public Thumbnails thumbnails() {
        return thumbnails;
    }

    /** The picture at a place; null where it is not read yet, which begins then. */
    public @Nullable GalleryPicture at(int place) {
        List<GalleryPicture> page = pages.get(place / PAGE);
        if (page == null) {
            load(place / PAGE);
            return null;
        }
        return place % PAGE < page.size() ? page.get(place % PAGE) : null;
    }

    public @Nullable GalleryPicture selected() {
        int place = selected.get();
        return place < 0 || place >= count.get() ? null : at(place);
    }

    /** Goes to another place, within the list. */
    public void select(int place) {
        selected.set(count.get() == 0 ? -1 : Math.max(0, Math.min(count.get() - 1, place)));
    }

    private void load(int page) {
        if (asked.add(page)) {
            String text = search.get();
            boolean jobs = byJob.isOn();
            int at = version.get();
            work.run(
                    () -> library().page(text, jobs, page * PAGE, PAGE),
                    read -> {
                        if (at == version.get() || (text.equals(search.get()) && jobs == byJob.isOn())) {
                            pages.put(page, read);
                            version.set(version.get() + 1);
                        }
                        asked.remove(page);
                    },
                    e -> asked.remove(page));
        }
    }

    /** Searches again. */
    public void refresh() {
        if (!opened) {
            return;
        }
        String text = search.get();
        boolean jobs = byJob.isOn();
        int here = Math.max(0, selected.get()) / PAGE;
        searches.ask(() -> {
            Map<Integer, List<GalleryPicture>> read = new HashMap<>();
            for (int page : new HashSet<>(List.of(0, here))) {
                read.put(page, library().page(text, jobs, page * PAGE, PAGE));
            }
            return new Loaded(text, jobs, read);
        });
    }

    private void show(Loaded loaded) {
        GalleryPicture before = selected();
        problem.set(null);
        pages.clear();
        pages.putAll(loaded.pages());
        boolean all = loaded.least() % PAGE != 0
                || loaded.pages().getOrDefault(0, List.of()).isEmpty();
        count.set(all || !isShown(loaded) ? loaded.least() : Math.max(count.get(), loaded.least()));
        shown = loaded;
        if (!all) {
            counts.ask(() -> library().count(loaded.search(), loaded.jobs()));
        }
        selected.set(placeOf(before, loaded.pages()));
        version.set(version.get() + 1);
    }

    /** Whether the list is of the same search, so that its length is a good guess. */
    private boolean isShown(Loaded loaded) {
        Loaded now = shown;
        return now != null && now.search().equals(loaded.search()) && now.jobs() == loaded.jobs();
    }

    private void counted(int now) {
        count.set(now);
        if (selected.get() >= now) {
            select(now - 1);
        }
        version.set(version.get() + 1);
    }

    /** Where the selected picture is now; the place stays where it is gone. */
    private int placeOf(@Nullable GalleryPicture picture, Map<Integer, List<GalleryPicture>> among) {
        for (Map.Entry<Integer, List<GalleryPicture>> page : among.entrySet()) {
            for (int i = 0; picture != null && i < page.getValue().size(); i++) {
                if (page.getValue().get(i).file().equals(picture.file())) {
                    return page.getKey() * PAGE + i;
                }
            }
        }
        return count.get() == 0 ? -1 : Math.max(0, Math.min(count.get() - 1, selected.get()));
    }

    private void failed(RuntimeException e) {
        problem.set(
                e instanceof GessoException known
                        ? Problem.sentence(known.sentence())
                        : new Problem("gallery.failed", String.valueOf(e.getMessage())));
    }

    /** A picture was saved, by whomever. */
    public void saved(Path file) {
        if (opened) {
            scanning.run(
                    () -> {
                        library().refresh(file);
                        return file;
                    },
                    thumbnails::forget,
                    this::failed);
        }
    }

    /** Changes what is said of a picture. */
    public void mark(GalleryPicture picture, UnaryOperator<Marks> change) {
        work.run(
                () -> library().mark(picture.file(), change),
                now -> {
                    replace(picture.withMarks(now));
                    remember(new Undo(
                            "gallery.marked",
                            name(picture),
                            () -> work.run(
                                    () -> library().mark(picture.file(), m -> picture.marks()),
                                    back -> replace(picture),
                                    this::failed)));
                },
                this::failed);
    }

    private void replace(GalleryPicture now) {
        pages.replaceAll((page, list) -> list.stream()
                .map(p -> p.file().equals(now.file()) ? p.withMarks(now.marks()) : p)
                .toList());
        version.set(version.get() + 1);
    }

    /** Moves a picture to the trash; {@link #undo} brings it back. */
    public void delete(GalleryPicture picture) {
        work.run(
                () -> library().delete(picture.file()),
                back -> {
                    remember(new Undo(
                            "gallery.deleted",
                            name(picture),
                            () -> work.run(
                                    () -> {
                                        back.run();
                                        return picture;
                                    },
                                    there -> refresh(),
                                    this::failed)));
                    refresh();
                },
                this::failed);
    }

    private static String name(GalleryPicture picture) {
        return String.valueOf(picture.file().getFileName());
    }

    private void remember(Undo undo) {
        undos.push(undo);
        undoable.set(undo);
    }

    /** Takes back the last change of marks, or deletion. */
    public void undo() {
        if (!undos.isEmpty()) {
            Undo last = undos.pop();
            undoable.set(undos.peek());
            last.back().run();
        }
    }

    /** Shows a picture, by itself where the search does not have it. */
    void find(GalleryPicture picture) {
        int there = placeOf(picture, pages);
        GalleryPicture found = there < 0 ? null : at(there);
        if (found != null && found.file().equals(picture.file())) {
            selected.set(there);
        } else {
            selected.set(0);
            search.set("file:\"" + picture.file() + "\"");
        }
    }

    /** Looks for a picture's kin. */
    void lineage(GalleryPicture picture, Consumer<GalleryLibrary.Lineage> then) {
        work.run(() -> library().lineage(picture), then, this::failed);
    }

    @Override
    public void close() {
        work.close();
        scanning.close();
        thumbnails.close();
        if (library != null) {
            library.close();
        }
    }
}
