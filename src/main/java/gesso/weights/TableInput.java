package gesso.weights;

import gesso.request.BadInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a table of tensors (pickles, or the front of a GGUF file), read once from front to end. */
final class TableInput implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    /** Names and shapes of the largest checkpoints take less than a megabyte. */
    private static final long MAX_BYTES = 64L << 20;

    private final FileBytes file;
    private final FileBytes.Reading reading;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
    private final long start;
    private final long end;
    private long next; // of the first byte behind the piece

    TableInput(FileBytes file, long start, long end) {
        this.file = file;
        this.reading = file.reading();
        this.start = start;
        this.end = end;
        this.next = start;
    }

    /** Where the next byte stands in the file. */
    long position() {
        return next - piece.remaining();
    }

    /** One byte, 0 to 255. */
    int u1() throws Malformed {
        if (!piece.hasRemaining()) {
            need(1);
            piece.clear().limit((int) Math.min(PIECE, end - next));
            reading.fill(piece, next);
            next += piece.limit();
        }
        return piece.get() & 0xff;
    }

    /** A little-endian number of 1 to 8 bytes; the sign comes with the eighth alone. */
    long little(int bytes) throws Malformed {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) u1() << (8 * i);
        }
        return value;
    }

    byte[] bytes(long count) throws Malformed {
        need(count);
        byte[] bytes = new byte[(int) count];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) u1();
        }
        return bytes;
    }

    String text(long count) throws Malformed {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    /** The text up to the end of its line. */
    String line() throws Malformed {
        StringBuilder text = new StringBuilder();
        for (int b = u1(); b != '\n'; b = u1()) {
            text.append((char) b);
        }
        return text.toString();
    }

    /**
     * That many more bytes must be there.
     *
     * @throws BadInput where the file ends before them: it is not complete
     */
    private void need(long count) throws Malformed {
        if (count < 0 || count > MAX_BYTES || position() + count - start > MAX_BYTES) {
            throw new Malformed("its table of tensors is impossibly long");
        }
        if (count > end - position()) {
            if (end == file.size()) {
                throw Faults.incomplete(file.path());
            }
            throw new Malformed("its table of tensors ends in the middle");
        }
    }

    @Override
    public void close() {
        reading.close();
    }
}
