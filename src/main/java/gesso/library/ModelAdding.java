package gesso.library;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds what an artist points at: a folder is searched from now on, a file put where its kind belongs, a link downloaded. */
public final class ModelAdding {
    private final SettingsFile settings;
    private final Path models;

    /** @param models the folder that new files are put into */
    public ModelAdding(SettingsFile settings, Path models) {
        this.settings = settings;
        this.models = models;
    }

    /**
     * Adds it; nothing is asked of the network unless it is a link.
     *
     * @param what a link, a file or a folder
     * @param sha256 what the file must have; null: whatever it has
     * @return a sentence that says what was done
     * @throws gesso.request.GessoException with a sentence, where it cannot be added
     */
    public String add(String what, @Nullable String sha256, Download.Progress progress, CancelToken token) {
        if (what.strip().matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
            return download(new Download(what, sha256), progress, token);
        }
        Path path = path(what);
        if (Files.isDirectory(path)) {
            addFolder(path);
            return "%s is searched for models from now on.".formatted(path);
        }
        return ModelInstall.install(path, models);
    }

    private static Path path(String what) {
        try {
            Path path = Path.of(what).toAbsolutePath().normalize();
            if (Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Nor is it a path.
        }
        throw new BadInput("There is no file or folder %s, and it is no link.".formatted(what));
    }

    private String download(Download download, Download.Progress progress, CancelToken token) {
        Download.Received received = download.into(models, progress, token);
        String sentence = ModelInstall.install(received.file(), received.name(), models);
        try {
            Files.deleteIfExists(received.file());
        } catch (IOException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "The part stays.", e);
        }
        return sentence;
    }

    /**
     * Searches one more folder from now on.
     *
     * @throws BadInput where it is none
     */
    public void addFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInput("%s is no folder: choose one that holds models.".formatted(folder));
        }
        Path added = folder.toAbsolutePath().normalize();
        settings.update(s -> {
            List<Path> all = new ArrayList<>(s.modelFolders());
            if (!all.contains(added)) {
                all.add(added);
            }
            return s.withModelFolders(all);
        });
    }
}
