package gesso.ui.common;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The desktop's own dialogs, which a test does not open. On the FX thread; they return when they are closed. */
public interface FileDialogs {
    /** A picture to open; empty where none was chosen. */
    Optional<Path> picture(String title);

    /** Several pictures to open; empty where none was chosen. */
    List<Path> pictures(String title);

    /** A folder; empty where none was chosen. */
    Optional<Path> folder(String title);

    /** Files of presets to open, of whatever program; empty where none was chosen. */
    List<Path> presets(String title);

    /** A document in layers to open, of Gesso or another program; empty where none was chosen. */
    Optional<Path> document(String title);

    /** Where to save a file; empty where none was chosen. */
    Optional<Path> save(String title, String name);
}
