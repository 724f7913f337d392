package gesso.image.metadata;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pieces of a file, read where they lie: what is stepped over costs nothing. */
final class FileBytes {
    private final SeekableByteChannel channel;
    private final String name;
    private final long size;

    /** What was read last, for the many small reads of headers. */
    private final ByteBuffer window = ByteBuffer.allocate(4096).limit(0);

    private long windowAt;

    FileBytes(SeekableByteChannel channel, String name) throws IOException {
        this.channel = channel;
        this.name = name;
        this.size = channel.size();
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /**
     * A piece of the file.
     *
     * @throws BadInput where the file ends before the piece does
     */
    byte[] bytes(long at, long length) throws IOException {
        if (at < 0 || length < 0 || length > size - at) {
            throw damaged("it ends too early");
        }
        if (length > PictureMetadata.LONGEST_TEXT) {
            throw damaged("one of its texts has %d megabytes".formatted(length >> 20));
        }
        if (length > window.capacity()) {
            ByteBuffer piece = ByteBuffer.allocate((int) length);
            fill(piece, at);
            return piece.array();
        }
        if (at < windowAt || at + length > windowAt + window.limit()) {
            window.clear().limit((int) Math.min(window.capacity(), size - at));
            fill(window, at);
            windowAt = at;
        }
        byte[] piece = new byte[(int) length];
        window.get((int) (at - windowAt), piece);
        return piece;
    }

    private void fill(ByteBuffer piece, long at) throws IOException {
        channel.position(at);
        while (piece.hasRemaining()) {
            if (channel.read(piece) < 0) {
                throw damaged("it ends too early");
            }
        }
    }

    ByteBuffer buffer(long at, long length) throws IOException {
        return ByteBuffer.wrap(bytes(at, length));
    }

    boolean startsWith(long at, String latin) throws IOException {
        byte[] wanted = latin.getBytes(StandardCharsets.ISO_8859_1);
        return wanted.length <= size - at && Arrays.equals(wanted, bytes(at, wanted.length));
    }

    BadInput damaged(String how) {
        return new BadInput("The settings in %s cannot be read, because the file is damaged: %s.".formatted(name, how));
    }
}
