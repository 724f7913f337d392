package gesso.library;

import gesso.request.CancelToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every model in the model folders: what it is, what the artist keeps of it, what lies beside it. Model folders are only read;
 * what is found out is kept in Gesso's own. Thread-safe.
 */
public final class ModelLibrary {
    private final FactsCache facts;
    private final ModelMarks marks;

    /** @param facts what is known of files already */
    public ModelLibrary(FactsCache facts, ModelMarks marks) {
        this.facts = facts;
        this.marks = marks;
    }

    /**
     * What is there.
     *
     * @param entries by name
     * @param folders every folder that was walked through, to be watched
     */
    public record Listing(List<LibraryEntry> entries, Set<Path> folders) {}

    /** Lists the folders. Opens no file: what is not known yet is told by folders' names alone, until it is looked at. */
    public Listing list(ModelFolders models) {
        LibraryScan.Result scan = LibraryScan.of(models.folders(), models.hashes());
        List<LibraryEntry> entries = new ArrayList<>();
        for (LibraryScan.Found found : scan.models()) {
            entries.add(entry(found));
        }
        entries.sort(Comparator.comparing((LibraryEntry e) -> e.name().toLowerCase(Locale.ROOT)));
        return new Listing(List.copyOf(entries), scan.folders());
    }

    private LibraryEntry entry(LibraryScan.Found found) {
        InstalledModel model = found.model();
        Shelf place = place(model);
        LibraryEntry entry = new LibraryEntry(model, found.modified(), place, null, found.preview(), false, "")
                .with(marks.of(model));
        return facts.cached(model, found.modified()).map(entry::with).orElse(entry);
    }

    /** What stands in no folder of a kind is taken for a checkpoint, if its ending is one's. */
    private static Shelf place(InstalledModel model) {
        return Shelf.of(model.folder(), model.path()).orElseGet(() -> {
            String name = model.path().toString().toLowerCase(Locale.ROOT);
            boolean part = name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth");
            return part || name.endsWith(".onnx") ? Shelf.OTHER : Shelf.CHECKPOINT;
        });
    }

    /** The entry with what its file says of itself; the file's header is read where that is not known yet. */
    public LibraryEntry looked(LibraryEntry entry) {
        return entry.facts() != null ? entry : entry.with(facts.of(entry.model(), entry.modified(), entry.shelf()));
    }

    /**
     * Looks at all that were not looked at yet, and keeps what was found.
     *
     * @param each is told of every entry that was looked at
     * @throws gesso.request.Cancelled where {@code token} says so; what was found until then is kept
     */
    public void look(List<LibraryEntry> entries, Consumer<LibraryEntry> each, CancelToken token) {
        try {
            for (LibraryEntry entry : entries) {
                token.check();
                if (entry.facts() == null) {
                    each.accept(looked(entry));
                }
            }
        } finally {
            facts.save();
        }
    }

    /**
     * Keeps what the artist marked.
     *
     * @return the entry with it
     * @throws gesso.request.GessoException where it cannot be kept
     */
    public LibraryEntry mark(LibraryEntry entry, ModelMarks.Mark mark) {
        marks.set(entry.model(), mark);
        return entry.with(mark);
    }
}
