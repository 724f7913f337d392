package gesso.library.document;

import gesso.canvas.Change;
import gesso.canvas.Contents;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.image.LayeredPicture;
import gesso.image.PictureFiles;
import gesso.image.Region;
import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Files that hold a picture in layers: Gesso's own, Photoshop's (PSD, PSB) and OpenRaster's. */
public final class Documents {
    /** How the name of a document of Gesso ends. */
    public static final String ENDING = "gesso";

    private static final long LARGEST_FILE = 1L << 30;
    private static final int FARTHEST = 1 << 20;

    private Documents() {}

    /**
     * Reads a document; which it is, its name's ending says.
     *
     * @throws BadInput where it cannot be read
     */
    public static DocumentFile read(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case ENDING -> DocumentFile.read(file);
            case "ora" -> foreign(OpenRaster.read(file), name);
            case "psd", "psb" -> foreign(LayeredPicture.photoshop(bytes(file, name), name), name);
            default ->
                throw new BadInput(
                        "%s is no document that Gesso opens; it opens .gesso, .psd and .ora files.".formatted(name));
        };
    }

    private static byte[] bytes(Path file, String name) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInput("%s is larger than a gigabyte; files up to that size are read.".formatted(name));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no file %s.".formatted(file), e);
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is a file that you may open.".formatted(file), e);
        }
    }

    /** The lowest layer is what is reworked, the others lie over it. */
    private static DocumentFile foreign(LayeredPicture picture, String name) {
        long pixels = (long) picture.width() * picture.height();
        if (picture.width() < 1 || picture.height() < 1 || pixels > PictureFiles.LARGEST_PIXELS) {
            throw new BadInput("%s has %d×%d pixels, more than can be worked on."
                    .formatted(name, picture.width(), picture.height()));
        }
        List<Contents.Part> parts = new ArrayList<>();
        for (LayeredPicture.Piece piece : picture.pieces()) {
            if (Math.max(Math.abs((long) piece.x()), Math.abs((long) piece.y())) > FARTHEST) {
                throw new BadInput("%s has a layer too far outside of the picture.".formatted(name));
            }
            parts.add(new Contents.Part(
                    parts.isEmpty() ? LayerKind.SOURCE : LayerKind.PAINT,
                    new Look(piece.name(), piece.visible(), piece.opacity(), piece.x(), piece.y()),
                    piece.picture()));
        }
        Region all = new Region(0, 0, picture.width(), picture.height());
        return new DocumentFile(new Contents(new Change.Span(all, all), parts), Map.of());
    }
}
