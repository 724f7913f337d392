package gesso.library.document;

import gesso.image.LayeredPicture;
import gesso.image.PictureFiles;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The parts of a document in a ZIP. Nothing is ever unpacked to the disk; what unpacks to more than it may is refused. */
final class ZipParts implements AutoCloseable {
    private static final int LARGEST_TEXT = 16 << 20;
    private static final int LARGEST_PICTURE = 1 << 30;

    private final ZipFile zip;
    private final String name;
    private long pixels;

    private ZipParts(ZipFile zip, String name) {
        this.zip = zip;
        this.name = name;
    }

    /** What makes something of the parts. */
    interface Reading<T> {
        T read(ZipParts zip) throws IOException;
    }

    /**
     * Opens a file and reads it; every fault of it is one sentence.
     *
     * @param what it should be, with its article
     */
    static <T> T reading(Path file, String what, Reading<T> reading) {
        String name = String.valueOf(file.getFileName());
        try (ZipParts zip = new ZipParts(new ZipFile(file.toFile()), name)) {
            return reading.read(zip);
        } catch (BadInput e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no file %s.".formatted(file), e);
        } catch (IOException | RuntimeException e) {
            throw new BadInput(
                    Files.isReadable(file)
                            ? "%s is not %s, or it is damaged; open another copy of it.".formatted(name, what)
                            : "%s cannot be read; see whether it is a file that you may open.".formatted(name),
                    e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw new BadInput("%s is larger than what fits into memory.".formatted(name), e);
        }
    }

    String name() {
        return name;
    }

    String text(String part) throws IOException {
        return new String(bytes(part, LARGEST_TEXT), StandardCharsets.UTF_8);
    }

    /** A picture among the parts; all of them together may have so many pixels as can be worked on. */
    Picture picture(String part) throws IOException {
        Picture picture = PictureFiles.read(bytes(part, LARGEST_PICTURE), name + ", " + part);
        pixels += picture.argb().length;
        if (pixels > LayeredPicture.LARGEST_PIXELS) {
            throw new BadInput("%s has more than %d megapixels in all its layers; merge some of them first."
                    .formatted(name, LayeredPicture.LARGEST_PIXELS / 1_000_000));
        }
        return picture;
    }

    private byte[] bytes(String part, int largest) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw new IOException("no " + part);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(largest);
            if (in.read() >= 0) {
                throw new BadInput("%s unpacks to more than can be read.".formatted(name));
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
