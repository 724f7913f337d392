package gesso.ui.models;

import gesso.library.LibraryEntry;
import java.nio.file.Path;

/** What can be done with a model in the window. */
public interface ModelUse {
    /** Whether {@link #use} does something with it. */
    boolean canUse(LibraryEntry entry);

    /** Chooses it: a checkpoint makes the next pictures, a LoRA enters the prompt. */
    void use(LibraryEntry entry);

    /** Puts words behind the prompt. */
    void insert(String words);

    /** Shows a file in the desktop's file manager. */
    void reveal(Path file);

    /** Asks for a folder to search for models. */
    void chooseFolder();
}
