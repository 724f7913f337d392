package gesso.ui.models;

import gesso.library.Download;
import gesso.library.LibraryEntry;
import gesso.library.ModelMarks;
import gesso.library.SideCar;
import gesso.request.CancelToken;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The models that there are, as the window asks for them. Every call may take time: none is for the FX thread. */
public interface ModelLibraryService {
    /** All of them, by name; what is not known yet of one is told by its folder. Opens no file. */
    List<LibraryEntry> list();

    /** Looks into those that were not looked into yet, and computes what hashes are missing; tells of each that it knows more of. */
    void look(List<LibraryEntry> entries, Consumer<LibraryEntry> each);

    /** Marks a model. @throws gesso.request.GessoException where it cannot be kept */
    LibraryEntry mark(LibraryEntry entry, ModelMarks.Mark mark);

    /** What lies beside it: words that call it, a description. */
    SideCar about(LibraryEntry entry);

    /**
     * Searches one more folder from now on.
     *
     * @throws gesso.request.BadInput where it is none
     */
    void addFolder(Path folder);

    /**
     * Adds a folder, a file, or what lies at a link, which is downloaded.
     *
     * @return a sentence that says where it is
     * @throws gesso.request.GessoException with a sentence, where it cannot be added
     * @throws gesso.request.Cancelled where {@code token} says so; the same link goes on where it was
     */
    String add(String what, Download.Progress progress, CancelToken token);

    /** Calls back, on any thread, when something in the folders changed since they were listed; until the program ends. */
    void watch(Runnable changed);
}
