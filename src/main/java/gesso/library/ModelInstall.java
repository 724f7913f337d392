package gesso.library;

import gesso.request.BadInput;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Puts a model file into the folder where files of its kind belong. */
public final class ModelInstall {
    private ModelInstall() {}

    /**
     * Links the file there where it lies on the same disk, which takes no room, and copies it else.
     *
     * @param models the folder for models
     * @return a sentence that says what it is and where
     * @throws BadInput where it is no model, or one of its name is there already
     */
    public static String install(Path file, Path models) {
        return install(file, String.valueOf(file.getFileName()), models);
    }

    /** The same under another name. */
    static String install(Path file, String name, Path models) {
        ModelKind kind = ModelInfo.of(WeightFiles.open(file)).kind();
        Path folder = folder(kind, models);
        if (folder == null) {
            throw new BadInput("%s is no model that Gesso has a place for.".formatted(name));
        }
        Path place = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            place(file, place);
        } catch (FileAlreadyExistsException e) {
            throw new BadInput("There is a file %s in %s already; rename one of the two.".formatted(name, folder), e);
        } catch (IOException e) {
            throw new BadInput("%s cannot be put into %s; copy it there by hand.".formatted(name, folder), e);
        }
        return "%s (%s) is now in %s.".formatted(name, kind.label(), folder);
    }

    private static void place(Path file, Path place) throws IOException {
        try {
            Files.createLink(place, file.toRealPath());
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            Path beside = place.resolveSibling(place.getFileName() + ".part");
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, place);
        }
    }

    private static @Nullable Path folder(ModelKind kind, Path models) {
        return switch (kind) {
            case CHECKPOINT -> models;
            case LORA -> models.resolve(NetworkKind.LORA.folder());
            case EMBEDDING -> models.resolve(NetworkKind.EMBEDDING.folder());
            case CONTROLNET -> models.resolve(NetworkKind.CONTROLNET.folder());
            case UPSCALER -> models.resolve(NetworkKind.UPSCALER.folder());
            case VAE -> models.resolve(NetworkKind.VAE.folder());
            default -> null;
        };
    }
}
