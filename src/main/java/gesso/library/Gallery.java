package gesso.library;

import gesso.image.GeneratedPicture;
import gesso.image.PixelHash;
import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.image.metadata.InfotextWriter;
import gesso.request.BadInput;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.Rework;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finished pictures on disk: PNG with the parameters text inside, whole or not at all, and never over another file. Safe to
 * use from several threads and several programs at once.
 */
public final class Gallery {
    /** The text in a picture's file that names its pixels: what was made of it names it so. */
    public static final String PIXELS = "pixel-md5";

    /** The text that names the pixels of the picture that it was made from: A1111's "Init image hash". */
    public static final String SOURCE = "source-md5";

    private static final Pattern NUMBERED = Pattern.compile("(\\d{5,9})-.*");

    private final Path folder;
    private final Supplier<LocalDate> today;

    /**
     * Pictures go into this folder, into one of its own for each day.
     *
     * @param folder is made with the first picture
     */
    public Gallery(Path folder) {
        this(folder, LocalDate::now);
    }

    Gallery(Path folder, Supplier<LocalDate> today) {
        this.folder = folder;
        this.today = today;
    }

    public Path folder() {
        return folder;
    }

    /**
     * Saves a picture as {@code FOLDER/2026-01-31/00012-SEED.png}; the numbers of a day count up.
     *
     * @throws GessoException where it cannot be written; nothing is left behind then
     */
    public Path save(GeneratedPicture picture) {
        return saveNumbered(picture, folder.resolve(today.get().toString()));
    }

    /**
     * The same for a picture that may have been saved before a crash: where today's folder, or that of the day before, has the
     * very same file already, that is its place.
     */
    public Path saveUnlessThere(GeneratedPicture picture) {
        byte[] file = encode(picture);
        String ending = "-" + picture.request().seeds().seed() + ".png";
        for (LocalDate day : List.of(today.get(), today.get().minusDays(1))) {
            Path into = folder.resolve(day.toString());
            try (DirectoryStream<Path> files = Files.newDirectoryStream(into, "*" + ending)) {
                for (Path there : files) {
                    if (Files.size(there) == file.length && Arrays.equals(Files.readAllBytes(there), file)) {
                        return there;
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // Not there, then.
            }
        }
        return save(picture);
    }

    /**
     * Saves a picture where the user says.
     *
     * @param target a name ending in .png, or a folder (then as {@link #save}, without the day's folder); where the name is
     *     taken, {@code NAME-2.png}, {@code NAME-3.png} …
     * @throws BadInput for another kind of file
     */
    public static Path saveTo(GeneratedPicture picture, Path target) {
        if (Files.isDirectory(target) || fileName(target).indexOf('.') < 0) {
            return saveNumbered(picture, target);
        }
        return saveAs(target, encode(picture));
    }

    /**
     * Saves a picture that no request made.
     *
     * @param target a name ending in .png; where it is taken, as {@link #saveTo(GeneratedPicture, Path)}
     * @param texts what is said of it in its file
     * @throws BadInput for another kind of file
     */
    public static Path saveTo(Picture picture, List<TextChunk> texts, Path target) {
        return saveAs(target, PngWriter.encode(picture, texts));
    }

    private static Path saveAs(Path target, byte[] file) {
        String name = fileName(target);
        if (!name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new BadInput(
                    "Pictures are saved as PNG: give %s a name that ends in .png, or name a folder.".formatted(name));
        }
        String stem = name.substring(0, name.length() - ".png".length());
        return write(file, n -> target.resolveSibling(n == 1 ? name : stem + "-" + n + ".png"), 1);
    }

    private static String fileName(Path target) {
        return target.getFileName() == null ? "" : target.getFileName().toString();
    }

    private static Path saveNumbered(GeneratedPicture picture, Path into) {
        byte[] file = encode(picture);
        long seed = picture.request().seeds().seed();
        return write(file, n -> into.resolve("%05d-%d.png".formatted(n, seed)), nextNumber(into));
    }

    private static byte[] encode(GeneratedPicture picture) {
        String text = InfotextWriter.write(picture).text();
        List<TextChunk> texts = new ArrayList<>();
        texts.add(new TextChunk("parameters", text));
        texts.add(new TextChunk(PIXELS, PixelHash.of(picture.picture())));
        Rework rework = picture.request().rework();
        if (rework != null) {
            texts.add(new TextChunk(SOURCE, PixelHash.of(rework.source())));
        }
        return PngWriter.encode(picture.picture(), texts);
    }

    private static Path write(byte[] file, IntFunction<Path> names, int first) {
        try {
            return SafeFiles.writeNew(names, first, file);
        } catch (IOException | RuntimeException e) {
            throw unwritten(names.apply(first), e);
        }
    }

    private static GessoException unwritten(Path path, Exception cause) {
        return new GessoException(
                "The picture could not be saved as %s: %s.".formatted(path, SafeFiles.why(cause)), cause);
    }

    /** One more than the highest number there. */
    private static int nextNumber(Path into) {
        int highest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(into, "*.png")) {
            for (Path file : files) {
                Matcher name = NUMBERED.matcher(file.getFileName().toString());
                if (name.matches()) {
                    highest = Math.max(highest, Integer.parseInt(name.group(1)));
                }
            }
        } catch (NoSuchFileException e) {
            return 1;
        } catch (IOException | DirectoryIteratorException e) {
            return highest + 1; // writing will say what is wrong
        }
        return highest + 1;
    }
}
