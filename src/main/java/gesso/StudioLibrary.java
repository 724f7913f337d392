package gesso;

import gesso.library.Download;
import gesso.library.Folders;
import gesso.library.HashCache;
import gesso.library.LibraryEntry;
import gesso.library.ModelAdding;
import gesso.library.ModelFolders;
import gesso.library.ModelLibrary;
import gesso.library.ModelMarks;
import gesso.library.ModelWatch;
import gesso.library.SideCar;
import gesso.request.CancelToken;
import gesso.ui.models.ModelLibraryService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The user's library, for the window. Hashes are computed on a thread of their own, when nothing else is to be done. */
final class StudioLibrary implements ModelLibraryService {
    private final ModelLibrary library;
    private final Supplier<ModelFolders> models;
    private final ModelAdding adding;
    private final Folders folders;
    private final AtomicBoolean hashing = new AtomicBoolean();
    private final ExecutorService hasher = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "gesso-hashes");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Set<Path> walked = Set.of();
    private volatile @Nullable ModelWatch watch;

    StudioLibrary(ModelLibrary library, Supplier<ModelFolders> models, ModelAdding adding, Folders folders) {
        this.library = library;
        this.models = models;
        this.adding = adding;
        this.folders = folders;
    }

    @Override
    public List<LibraryEntry> list() {
        ModelLibrary.Listing listing = library.list(models.get());
        walked = listing.folders();
        ModelWatch now = watch;
        if (now != null) {
            now.watch(walked);
        }
        return listing.entries();
    }

    @Override
    public void look(List<LibraryEntry> entries, Consumer<LibraryEntry> each) {
        Map<Path, LibraryEntry> unhashed = new HashMap<>();
        library.look(entries, each, new CancelToken());
        for (LibraryEntry entry : entries) {
            LibraryEntry looked = library.looked(entry);
            if (looked.model().hash() == null
                    && looked.facts() != null
                    && !looked.facts().incomplete()) {
                unhashed.put(looked.path(), looked);
            }
        }
        hash(unhashed, each);
    }

    private void hash(Map<Path, LibraryEntry> entries, Consumer<LibraryEntry> each) {
        if (!entries.isEmpty() && hashing.compareAndSet(false, true)) {
            HashCache hashes = new HashCache(folders.cache());
            hasher.execute(() -> {
                try {
                    hashes.compute(
                            List.copyOf(entries.keySet()),
                            (path, hash) -> {
                                LibraryEntry entry = entries.get(path);
                                if (entry != null) {
                                    each.accept(entry.withHash(hash));
                                }
                            },
                            new CancelToken());
                } finally {
                    hashing.set(false);
                }
            });
        }
    }

    @Override
    public LibraryEntry mark(LibraryEntry entry, ModelMarks.Mark mark) {
        return library.mark(entry, mark);
    }

    @Override
    public SideCar about(LibraryEntry entry) {
        return SideCar.of(entry.path());
    }

    @Override
    public void addFolder(Path folder) {
        adding.addFolder(folder);
    }

    @Override
    public String add(String what, Download.Progress progress, CancelToken token) {
        return adding.add(what, null, progress, token);
    }

    @Override
    public void watch(Runnable changed) {
        ModelWatch now = new ModelWatch(changed);
        now.watch(walked);
        watch = now;
    }
}
