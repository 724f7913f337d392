package gesso.library;

import gesso.request.GessoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The desktop's own file manager. */
public final class FileManager {
    private FileManager() {}

    /**
     * Shows a file among its neighbours, or what is in a folder.
     *
     * @throws GessoException where the desktop has no way to do it
     */
    public static void reveal(Path path) {
        List<String> command = command(System.getProperty("os.name", ""), path.toAbsolutePath());
        try {
            // What it prints is nobody's business here, and must not fill a pipe.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new GessoException(
                    "The file manager could not be opened (%s is missing); the file is %s."
                            .formatted(command.get(0), path),
                    e);
        }
    }

    static List<String> command(String os, Path path) {
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return Files.isDirectory(path)
                    ? List.of("explorer.exe", path.toString())
                    : List.of("explorer.exe", "/select," + path);
        }
        if (system.startsWith("mac")) {
            return Files.isDirectory(path) ? List.of("open", path.toString()) : List.of("open", "-R", path.toString());
        }
        Path parent = path.getParent();
        return List.of("xdg-open", (Files.isDirectory(path) || parent == null ? path : parent).toString());
    }
}
