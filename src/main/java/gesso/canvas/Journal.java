package gesso.canvas;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/**
 * Every step of a document, appended to a file as it is done, so that the document is there again after any end. A record is
 * its length, the CRC-32 of its bytes, and the bytes: what happened, and the change. The first record that is not whole ends the
 * file: it was being written when the end came.
 */
public final class Journal implements AutoCloseable {
    private static final byte[] MAGIC = "GESSOJ1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DONE = 1;
    private static final int UNDONE = 2;
    private static final int REDONE = 3;

    private final FileChannel file;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "gesso-journal");
        thread.setDaemon(true);
        return thread;
    });
    private final Consumer<IOException> failed;
    private IntConsumer written = count -> {};
    private int records;

    private Journal(FileChannel file, Consumer<IOException> failed) {
        this.file = file;
        this.failed = failed;
    }

    /** A document and the journal that it is written to. */
    public record Opened(CanvasDocument document, Journal journal) {}

    /**
     * The document as the file left it; an empty one where there is no file. What is not whole at its end is cut off.
     *
     * @param failed told, on the journal's thread, when a step could not be written
     * @throws IOException where the file cannot be read or is none of these
     */
    public static Opened open(Path path, Consumer<IOException> failed) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() == null) {
                throw new IOException("Another studio writes to " + path);
            }
            History history = new History();
            CanvasDocument document = new CanvasDocument(history);
            Journal journal = new Journal(file, failed);
            long end = journal.replay(path, document);
            file.truncate(end).position(end);
            if (end == 0) {
                file.write(ByteBuffer.wrap(MAGIC));
            }
            history.setLog(journal.log());
            return new Opened(document, journal);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Does what the whole records say. Returns where they end. */
    private long replay(Path path, CanvasDocument document) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            byte[] magic = in.readNBytes(MAGIC.length);
            if (magic.length < MAGIC.length) {
                return 0;
            }
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw new IOException(path + " is no journal");
            }
            long end = MAGIC.length;
            while (true) {
                byte[] record = next(in);
                if (record.length == 0) {
                    return end;
                }
                take(record, document);
                records++;
                end += 8L + record.length;
            }
        }
    }

    /** The next record's bytes; none where it is not whole. */
    private static byte[] next(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int sum = in.readInt();
            if (length < 1) {
                return new byte[0];
            }
            byte[] record = in.readNBytes(length);
            CRC32 crc = new CRC32();
            crc.update(record);
            return record.length == length && (int) crc.getValue() == sum ? record : new byte[0];
        } catch (EOFException e) {
            return new byte[0];
        }
    }

    private static void take(byte[] record, CanvasDocument document) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        switch (in.readByte()) {
            case DONE -> document.history().add(ChangeCodec.readAndApply(in, document));
            case UNDONE -> document.undo();
            case REDONE -> document.redo();
            default -> throw new IOException("An unknown record");
        }
    }

    /** How many records the file held when it was opened, and how many were added since. On the document's thread. */
    public int records() {
        return records;
    }

    /** Told, on the journal's thread, how many records are safe on the disk. */
    void onWritten(IntConsumer listener) {
        written = listener;
    }

    private History.Log log() {
        return new History.Log() {
            @Override
            public void done(Change change) {
                Change kept = kept(change);
                append(out -> {
                    out.writeByte(DONE);
                    ChangeCodec.write(kept, out);
                });
            }

            @Override
            public void undone() {
                append(out -> out.writeByte(UNDONE));
            }

            @Override
            public void redone() {
                append(out -> out.writeByte(REDONE));
            }
        };
    }

    /** A layer that comes is written as it is now, not as it is when its turn comes. */
    private static Change kept(Change change) {
        if (change instanceof Change.Presence c) {
            return new Change.Presence(c.layer().snapshot(), c.index(), c.added());
        }
        return change instanceof Change.Several c
                ? new Change.Several(c.changes().stream().map(Journal::kept).toList())
                : change;
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private void append(Body body) {
        int count = ++records;
        writer.execute(() -> {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                body.write(new DataOutputStream(bytes));
                CRC32 crc = new CRC32();
                crc.update(bytes.toByteArray());
                ByteBuffer record = ByteBuffer.allocate(8 + bytes.size());
                record.putInt(bytes.size())
                        .putInt((int) crc.getValue())
                        .put(bytes.toByteArray())
                        .flip();
                while (record.hasRemaining()) {
                    file.write(record);
                }
                file.force(false);
                written.accept(count);
            } catch (IOException e) {
                failed.accept(e);
            }
        });
    }

    /** Waits until all is written. */
    @Override
    public void close() throws IOException {
        writer.shutdown();
        try {
            writer.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
