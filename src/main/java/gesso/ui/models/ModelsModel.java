package gesso.ui.models;

import gesso.library.LibraryEntry;
import gesso.library.ModelMarks;
import gesso.library.Shelf;
import gesso.library.SideCar;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.PictureImage;
import gesso.ui.common.PictureReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/** The models panel: which models are shown, and which of them is looked at. On the FX thread. */
public final class ModelsModel {
    private static final int PREVIEW_SIDE = 256;
    private static final int PREVIEWS_KEPT = 400;

    private final ModelLibraryService library;
    private final PictureReader pictures;
    private final Background background;
    private final Background looking = new Background();
    private final Consumer<String> notice;
    private final Runnable changed;

    private final Map<Path, LibraryEntry> all = new LinkedHashMap<>();
    private final ObservableList<LibraryEntry> shown = FXCollections.observableArrayList();
    private final ObservableList<LibraryEntry> shownForReading = FXCollections.unmodifiableObservableList(shown);
    private final BooleanProperty open = new SimpleBooleanProperty(this, "open");
    private final ObjectProperty<Shelf> shelf = new SimpleObjectProperty<>(this, "shelf", Shelf.CHECKPOINT);
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final BooleanProperty favouritesOnly = new SimpleBooleanProperty(this, "favouritesOnly");
    private final ReadOnlyObjectWrapper<@Nullable LibraryEntry> chosen = new ReadOnlyObjectWrapper<>(this, "chosen");
    private final ReadOnlyObjectWrapper<@Nullable SideCar> about = new ReadOnlyObjectWrapper<>(this, "about");
    private final ConcurrentLinkedQueue<LibraryEntry> news = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Set<Path> asked = new HashSet<>();
    private final AddingModel adding;
    private boolean watched;

    private final Map<Path, Image> previews = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Image> eldest) {
            return size() > PREVIEWS_KEPT;
        }
    };

    /**
     * Nothing is listed before the panel is opened.
     *
     * @param notice is told, in a sentence, what could not be kept
     * @param changed is called when there are other models than before
     */
    public ModelsModel(
            ModelLibraryService library,
            PictureReader pictures,
            Background background,
            Consumer<String> notice,
            Runnable changed) {
        this.library = library;
        this.pictures = pictures;
        this.background = background;
        this.notice = notice;
        this.changed = changed;
        this.adding = new AddingModel(library, this::added);
        shelf.addListener((property, old, now) -> fill());
        search.addListener((property, old, now) -> fill());
        favouritesOnly.addListener((property, old, now) -> fill());
        open.addListener((property, old, now) -> {
            if (now) {
                refresh();
                watch();
            }
        });
    }

    /** Whether the panel is seen. */
    public BooleanProperty openProperty() {
        return open;
    }

    public ObjectProperty<Shelf> shelfProperty() {
        return shelf;
    }

    public StringProperty searchProperty() {
        return search;
    }

    public BooleanProperty favouritesOnlyProperty() {
        return favouritesOnly;
    }

    /** Those of the shelf that the search finds, favourites first. */
    public ObservableList<LibraryEntry> shown() {
        return shownForReading;
    }

    /** How many there are on a shelf. */
    int count(Shelf of) {
        return (int) all.values().stream().filter(e -> e.shelf() == of).count();
    }

    /** The one that is looked at; null: none. */
    public ReadOnlyObjectProperty<@Nullable LibraryEntry> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** What lies beside it; null until it was read. */
    public ReadOnlyObjectProperty<@Nullable SideCar> aboutProperty() {
        return about.getReadOnlyProperty();
    }

    /** Lists the models anew, and looks into those that are new. */
    public void refresh() {
        background.run(library::list, this::listed);
    }

    private void listed(List<LibraryEntry> entries) {
        all.clear();
        entries.forEach(entry -> all.put(entry.path(), entry));
        fill();
        looking.run(
                () -> {
                    library.look(entries, this::tell);
                    return entries.size();
                },
                count -> {});
    }

    private void watch() {
        if (!watched) {
            watched = true;
            library.watch(() -> Platform.runLater(() -> {
                refresh();
                changed.run();
            }));
        }
    }

    /** On the looking thread; many are shown at once. */
    private void tell(LibraryEntry entry) {
        news.add(entry);
        if (telling.compareAndSet(false, true)) {
            Platform.runLater(() -> {
                telling.set(false);
                for (LibraryEntry each = news.poll(); each != null; each = news.poll()) {
                    LibraryEntry told = each;
                    all.computeIfPresent(told.path(), (path, before) -> told);
                }
                fill();
            });
        }
    }

    private void fill() {
        List<LibraryEntry> found = new ArrayList<>();
        List<LibraryEntry> others = new ArrayList<>();
        for (LibraryEntry entry : all.values()) {
            if (entry.shelf() == shelf.get() && entry.matches(search.get())) {
                if (entry.favourite()) {
                    found.add(entry);
                } else if (!favouritesOnly.get()) {
                    others.add(entry);
                }
            }
        }
        found.addAll(others);
        if (!found.equals(shown)) {
            shown.setAll(found);
        }
        LibraryEntry now = chosen.get();
        if (now != null) {
            chosen.set(all.get(now.path()));
        }
    }

    /** Looks at one. */
    public void choose(@Nullable LibraryEntry entry) {
        LibraryEntry before = chosen.get();
        chosen.set(entry);
        if (entry == null || before == null || !before.path().equals(entry.path())) {
            about.set(null);
            if (entry != null) {
                background.run(() -> library.about(entry), read -> {
                    LibraryEntry now = chosen.get();
                    if (now != null && now.path().equals(entry.path())) {
                        about.set(read);
                    }
                });
            }
        }
    }

    /** Marks it as a favourite, or as none. */
    public void toggleFavourite(LibraryEntry entry) {
        mark(entry, new ModelMarks.Mark(!entry.favourite(), entry.note()));
    }

    public void note(LibraryEntry entry, String note) {
        if (!note.strip().equals(entry.note())) {
            mark(entry, new ModelMarks.Mark(entry.favourite(), note.strip()));
        }
    }

    private void mark(LibraryEntry entry, ModelMarks.Mark mark) {
        background.run(() -> library.mark(entry, mark), this::put, this::say);
    }

    private void put(LibraryEntry entry) {
        all.replace(entry.path(), entry);
        fill();
    }

    /** What is being added. */
    public AddingModel adding() {
        return adding;
    }

    private void added() {
        refresh();
        changed.run();
    }

    /** Searches one more folder. */
    public void addFolder(Path folder) {
        background.run(
                () -> {
                    library.addFolder(folder);
                    return folder;
                },
                added -> added(),
                this::say);
    }

    private void say(RuntimeException e) {
        notice.accept(e instanceof GessoException known ? known.sentence() : String.valueOf(e));
    }

    /**
     * The picture beside a model.
     *
     * @param later is called with it when it was read, where it is not there yet
     * @return null where there is none, or not yet
     */
    @Nullable
    Image preview(LibraryEntry entry, Runnable later) {
        Path file = entry.preview();
        if (file == null) {
            return null;
        }
        Image known = previews.get(file);
        if (known == null && asked.add(file)) {
            background.run(
                    () -> {
                        Picture small = PictureImage.reduced(pictures.read(file), PREVIEW_SIDE);
                        return PictureImage.image(small);
                    },
                    image -> {
                        asked.remove(file);
                        previews.put(file, image);
                        later.run();
                    },
                    e -> {}); // a broken one is none, and stays asked
        }
        return known;
    }

    /** Ends the looking. */
    public void close() {
        looking.close();
        adding.close();
    }
}
