package gesso.ui.common;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The desktop's dialogs. They begin in the folder of the file that was chosen last. */
public final class DesktopDialogs implements FileDialogs {
    private static final List<String> PICTURES =
            List.of("*.png", "*.jpg", "*.jpeg", "*.webp", "*.gif", "*.bmp", "*.PNG", "*.JPG", "*.JPEG", "*.WEBP");

    private @Nullable File folder;

    @Override
    public Optional<Path> picture(String title) {
        File file = chooser(title).showOpenDialog(window());
        return file == null ? Optional.empty() : Optional.of(remembered(file));
    }

    @Override
    public List<Path> pictures(String title) {
        List<File> files = chooser(title).showOpenMultipleDialog(window());
        return files == null ? List.of() : files.stream().map(this::remembered).toList();
    }

    @Override
    public Optional<Path> folder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        File chosen = chooser.showDialog(window());
        return chosen == null ? Optional.empty() : Optional.of(chosen.toPath());
    }

    @Override
    public List<Path> presets(String title) {
        FileChooser chooser = chooser(title);
        chooser.getExtensionFilters()
                .setAll(new FileChooser.ExtensionFilter(
                        "PNG, JSON, CSV, ZIP",
                        "*.png",
                        "*.json",
                        "*.csv",
                        "*.zip",
                        "*.PNG",
                        "*.JSON",
                        "*.CSV",
                        "*.ZIP"));
        List<File> files = chooser.showOpenMultipleDialog(window());
        return files == null ? List.of() : files.stream().map(this::remembered).toList();
    }

    @Override
    public Optional<Path> document(String title) {
        FileChooser chooser = chooser(title);
        chooser.getExtensionFilters()
                .setAll(new FileChooser.ExtensionFilter(
                        "Gesso, Photoshop, OpenRaster", "*.gesso", "*.psd", "*.psb", "*.ora", "*.PSD", "*.ORA"));
        File file = chooser.showOpenDialog(window());
        return file == null ? Optional.empty() : Optional.of(remembered(file));
    }

    @Override
    public Optional<Path> save(String title, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        if (folder != null && folder.isDirectory()) {
            chooser.setInitialDirectory(folder);
        }
        File file = chooser.showSaveDialog(window());
        return file == null ? Optional.empty() : Optional.of(remembered(file));
    }

    private FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        if (folder != null && folder.isDirectory()) {
            chooser.setInitialDirectory(folder);
        }
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("PNG, JPEG, WebP, GIF, BMP", PICTURES));
        return chooser;
    }

    private Path remembered(File file) {
        folder = file.getParentFile();
        return file.toPath();
    }

    private static @Nullable Window window() {
        return Window.getWindows().stream()
                .filter(Window::isFocused)
                .findFirst()
                .orElse(null);
    }
}
