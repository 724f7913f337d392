package gesso.image;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;

/** The trash of Windows and macOS, which only AWT reaches. */
public final class DesktopTrash {
    private DesktopTrash() {}

    /** Moves a file there. @return false: it stays where it is */
    public static boolean move(Path file) {
        return !GraphicsEnvironment.isHeadless()
                && Desktop.isDesktopSupported()
                && Desktop.getDesktop().isSupported(Desktop.Action.MOVE_TO_TRASH)
                && Desktop.getDesktop().moveToTrash(file.toFile());
    }
}
