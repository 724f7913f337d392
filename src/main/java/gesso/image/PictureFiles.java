package gesso.image;

import gesso.request.BadInput;
import gesso.request.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Files of pictures: PNG, JPEG, WebP, GIF and BMP, as an eye sees them. The turn that EXIF asks for is done, an ICC profile
 * is brought to sRGB, CMYK, grey, palettes and 16 bits become 8-bit colour, alpha is kept. Of an animation the first frame
 * is read. Whatever cannot be read is one {@link BadInput} that names the file and the fault.
 */
public final class PictureFiles {
    /** Above this the sources alone would fill the memory of a usual machine; a phone's 108 megapixels still fit. */
    public static final long LARGEST_PIXELS = 128_000_000;

    private static final long LARGEST_FILE = 1L << 30;

    private PictureFiles() {}

    /** Reads a file. @throws BadInput if there is no such file, or no picture in it */
    public static Picture read(Path file) {
        return read(file, sentence -> {});
    }

    /**
     * The same.
     *
     * @param notes is told, in a sentence, where the file holds more than what is read
     */
    public static Picture read(Path file, Consumer<String> notes) {
        byte[] bytes = bytes(file);
        String name = String.valueOf(file.getFileName());
        Picture picture = read(bytes, name);
        PictureFormat format = PictureFormat.of(bytes);
        if (format != null && Animation.is(bytes, format)) {
            notes.accept("%s is animated: its first picture is taken.".formatted(name));
        }
        return picture;
    }

    private static byte[] bytes(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInput("%s is larger than a gigabyte; pictures up to that size are read.".formatted(name));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no picture at %s.".formatted(file), e);
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is a file that you may open.".formatted(file), e);
        }
    }

    /**
     * Reads a file's bytes.
     *
     * @param file a picture file's bytes
     * @param name what the user knows it as, for the sentence if it cannot be read
     */
    public static Picture read(byte[] file, String name) {
        PictureFormat format = PictureFormat.of(file);
        if (format == null) {
            throw new BadInput(
                    file.length == 0
                            ? "%s is empty.".formatted(name)
                            : "%s is no picture that Gesso reads; it reads PNG, JPEG, WebP, GIF and BMP."
                                    .formatted(name));
        }
        try {
            return decode(file, format, name);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // Decoders meet broken files with every kind of exception; one huge array that does not fit harms nothing
            // else.
            throw e instanceof BadInput known ? known : unreadable(format, name, e);
        }
    }

    private static Picture decode(byte[] file, PictureFormat format, String name) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader());
        if (!readers.hasNext()) {
            throw new IOException("no reader for " + format);
        }
        ImageReader reader = readers.next();
        // Not ImageIO.createImageInputStream: that one may write a cache file.
        try (ImageInputStream in = new BoundedStream(file)) {
            Truncation truncation = new Truncation();
            reader.addIIOReadWarningListener(truncation);
            reader.setInput(in, true, true);
            checkSize(reader.getWidth(0), reader.getHeight(0), name);
            BufferedImage image = reader.read(0);
            if (truncation.seen()) {
                throw new IIOException("the file ends too early");
            }
            PictureBlocks blocks = PictureBlocks.of(file, format);
            Picture picture = Rasters.toPicture(image, blocks.profile());
            return format == PictureFormat.GIF
                    ? new GifCanvas(file).place(picture)
                    : Orientation.upright(picture, blocks.orientation());
        } finally {
            reader.dispose();
        }
    }

    private static void checkSize(int width, int height, String name) {
        if ((long) width * height > LARGEST_PIXELS) {
            throw new BadInput(
                    "%s has %d×%d pixels, more than the %d megapixels that Gesso reads; make it smaller first."
                            .formatted(name, width, height, LARGEST_PIXELS / 1_000_000));
        }
    }

    private static BadInput unreadable(PictureFormat format, String name, Throwable cause) {
        String why = cause instanceof OutOfMemoryError
                ? "%s does not fit into memory; make it smaller first."
                : "%s is a damaged or unusual " + format
                        + " file that cannot be read; save it anew in another program.";
        return new BadInput(why.formatted(name), cause);
    }
}
