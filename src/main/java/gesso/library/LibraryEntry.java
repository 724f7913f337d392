package gesso.library;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model of the library.
 *
 * @param modified when the file was changed, in milliseconds since 1970
 * @param shelf what it is for: as the file says, else as its folder's name does
 * @param facts what the file is; null: not looked at yet
 * @param preview the picture that lies beside it; null: none
 * @param favourite whether the artist marked it
 * @param note what the artist wrote about it
 */
public record LibraryEntry(
        InstalledModel model,
        long modified,
        Shelf shelf,
        @Nullable ModelFacts facts,
        @Nullable Path preview,
        boolean favourite,
        String note) {
    public String name() {
        return model.name();
    }

    public Path path() {
        return model.path();
    }

    /** The architecture's family in words; empty where it is not known. */
    public String family() {
        return facts == null ? "" : facts.family();
    }

    /** Whether all words stand in its name, folder, family, title or note, whatever their case. */
    public boolean matches(String search) {
        String words = search.strip().toLowerCase(Locale.ROOT);
        if (words.isEmpty()) {
            return true;
        }
        String folder = String.valueOf(model.folder().relativize(model.path()));
        String text = String.join(
                        " ", folder, family(), facts == null ? "" : facts.title() + " " + facts.architecture(), note)
                .toLowerCase(Locale.ROOT);
        return List.of(words.split("\\s+")).stream().allMatch(text::contains);
    }

    LibraryEntry with(ModelFacts found) {
        boolean told = !found.kind().equals("unknown");
        return new LibraryEntry(model, modified, told ? found.shelf() : shelf, found, preview, favourite, note);
    }

    /** The same with its file's hash. */
    public LibraryEntry withHash(String hash) {
        InstalledModel hashed = new InstalledModel(model.name(), model.path(), model.folder(), model.size(), hash);
        return new LibraryEntry(hashed, modified, shelf, facts, preview, favourite, note);
    }

    LibraryEntry with(ModelMarks.Mark mark) {
        return new LibraryEntry(model, modified, shelf, facts, preview, mark.favourite(), mark.note());
    }
}
