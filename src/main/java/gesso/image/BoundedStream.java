package gesso.image;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file in memory that some decoder reads. A decoder may look a little beyond the end; one that keeps reading there has
 * overlooked the end and would go on for minutes, so it is stopped by an exception that it does not expect.
 */
final class BoundedStream extends MemoryCacheImageInputStream {
    private static final int PATIENCE = 64;

    private int beyond;

    BoundedStream(byte[] file) {
        super(new ByteArrayInputStream(file));
    }

    @Override
    public int read() throws IOException {
        return counted(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return counted(super.read(into, offset, length));
    }

    private int counted(int read) {
        if (read < 0 && ++beyond > PATIENCE) {
            throw new UncheckedIOException(new EOFException());
        }
        return read;
    }
}
