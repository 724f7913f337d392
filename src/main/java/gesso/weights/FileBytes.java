package gesso.weights;

import gesso.request.BadInput;
import gesso.request.Cancelled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads parts of a file by their place. Nothing is mapped: a mapped file that somebody cuts short kills the process, while a
 * read of it fails with a sentence. Nothing stays open either, so that files can be moved and deleted at any time.
 */
final class FileBytes {
    private final Path path;
    private final long size;

    /** @throws BadInput where there is no such file, or it is a folder or may not be read */
    FileBytes(Path file) {
        try {
            path = file.toRealPath();
            if (!Files.isRegularFile(path)) {
                throw Files.isDirectory(path)
                        ? new BadInput(Faults.name(file) + " is a folder, not a file of weights.")
                        : new BadInput(Faults.name(file) + " is not an ordinary file.");
            }
            size = Files.size(path);
        } catch (IOException e) {
            throw Faults.unreadable(file, e);
        }
    }

    Path path() {
        return path;
    }

    /** The size in bytes when it was opened. */
    long size() {
        return size;
    }

    /** The bytes from {@code offset} on. @throws BadInput where the file ends before them */
    byte[] read(long offset, int length) {
        try (Reading reading = reading()) {
            return reading.bytes(offset, length);
        }
    }

    Reading reading() {
        try {
            return new Reading(path, FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw Faults.unreadable(path, e);
        }
    }

    /** The file, open for a while. */
    record Reading(Path path, FileChannel channel) implements AutoCloseable {
        byte[] bytes(long offset, int length) {
            byte[] bytes = new byte[length];
            fill(ByteBuffer.wrap(bytes), offset);
            return bytes;
        }

        /** Fills what {@code into} has left from {@code offset} on, and flips it. */
        void fill(ByteBuffer into, long offset) {
            try {
                long at = offset;
                while (into.hasRemaining()) {
                    int n = channel.read(into, at);
                    if (n < 0) {
                        throw Faults.incomplete(path);
                    }
                    at += n;
                }
                into.flip();
            } catch (ClosedByInterruptException e) {
                throw new Cancelled();
            } catch (IOException e) {
                throw Faults.unreadable(path, e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw Faults.unreadable(path, e);
            }
        }
    }
}
