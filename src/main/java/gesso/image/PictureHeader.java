package gesso.image;

import gesso.request.BadInput;
import gesso.request.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** What a picture file says of its pixels before they come. */
public final class PictureHeader {
    private static final int PNG_HEADER = 24;

    private PictureHeader() {}

    /**
     * Width and height as they are stored, in the time that the first bytes take.
     *
     * @throws BadInput where the file is no picture
     */
    public static Size size(Path file) {
        try {
            byte[] start;
            try (InputStream in = Files.newInputStream(file)) {
                start = in.readNBytes(PNG_HEADER);
            }
            PictureFormat format = PictureFormat.of(start);
            if (format == PictureFormat.PNG && start.length == PNG_HEADER) {
                ByteBuffer header = ByteBuffer.wrap(start);
                return new Size(header.getInt(16), header.getInt(20));
            }
            if (format != null) {
                return read(file, format);
            }
        } catch (IOException | RuntimeException e) {
            // Decoders meet broken files with every kind of exception.
            throw new BadInput("%s cannot be read as a picture.".formatted(file.getFileName()), e);
        }
        throw new BadInput("%s is no picture that Gesso reads.".formatted(file.getFileName()));
    }

    private static Size read(Path file, PictureFormat format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader());
        if (!readers.hasNext()) {
            throw new IOException("no reader for " + format);
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            return new Size(reader.getWidth(0), reader.getHeight(0));
        } finally {
            reader.dispose();
        }
    }
}
