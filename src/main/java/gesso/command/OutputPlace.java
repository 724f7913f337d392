package gesso.command;

import gesso.image.GeneratedPicture;
import gesso.image.TextChunk;
import gesso.job.PictureStore;
import gesso.library.Gallery;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where {@code --out} sends pictures. That they can be written there is found out before any is made. */
final class OutputPlace implements PictureStore {
    private final Path target;

    /** @throws BadInput where no picture can be written */
    OutputPlace(Path target) {
        this.target = target.toAbsolutePath();
        check(target);
    }

    Path target() {
        return target;
    }

    private void check(Path asGiven) {
        String name = String.valueOf(target.getFileName());
        boolean isFile = !Files.isDirectory(target) && name.indexOf('.') >= 0;
        if (isFile && !name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new BadInput("Pictures are written as PNG: give %s a name that ends in .png, or name a folder."
                    .formatted(asGiven));
        }
        Path nearest = isFile ? target.getParent() : target;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest == null || !Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            throw new BadInput("Nothing can be written to %s; choose another place with --out.".formatted(asGiven));
        }
    }

    /**
     * Writes a picture that no request made.
     *
     * @param name the file's, where the place is a folder; ends in .png
     */
    Path save(Picture picture, List<TextChunk> texts, String name) {
        boolean isFolder = Files.isDirectory(target)
                || String.valueOf(target.getFileName()).indexOf('.') < 0;
        return Gallery.saveTo(picture, texts, isFolder ? target.resolve(name) : target);
    }

    @Override
    public Path save(GeneratedPicture picture) {
        return Gallery.saveTo(picture, target);
    }
}
