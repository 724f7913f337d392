package gesso.job;

import gesso.pipeline.QuestionDigest;
import gesso.tensor.FloatTensor;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A file that answers of the UNet are put at the end of: digest, shape, numbers, and a checksum over them. An end that was cut
 * off, or is not what was written, is as if it had never been; a file that cannot be written costs time after a crash, no more.
 */
final class StepFile {
    private static final Logger LOG = System.getLogger(StepFile.class.getName());

    /** Beyond this nothing more is kept: some hundred steps of a large picture. */
    private static final long MOST = 1L << 30;

    private static final int MOST_VALUES = 1 << 26;
    private static final int RANK = 4;
    private static final int HEAD = QuestionDigest.SIZE + RANK * Integer.BYTES;

    private final Path file;

    StepFile(Path file) {
        this.file = file;
    }

    /** All that was kept and is whole. */
    Map<QuestionDigest, FloatTensor> read() {
        Map<QuestionDigest, FloatTensor> answers = new HashMap<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = 0;
            while (at < in.size()) {
                at = readOne(in, at, answers);
            }
        } catch (IOException e) {
            // None yet, or an end that was cut off.
        }
        return answers;
    }

    private static long readOne(FileChannel in, long at, Map<QuestionDigest, FloatTensor> answers) throws IOException {
        ByteBuffer head = read(in, at, HEAD);
        QuestionDigest question = QuestionDigest.read(head);
        int[] shape = {head.getInt(), head.getInt(), head.getInt(), head.getInt()};
        long values = 1;
        for (int side : shape) {
            values = side < 1 || values > MOST_VALUES ? MOST_VALUES + 1L : values * side;
        }
        if (values > MOST_VALUES) {
            throw new IOException("no answer");
        }
        int bytes = (int) values * Float.BYTES;
        ByteBuffer body = read(in, at + HEAD, bytes + Integer.BYTES);
        CRC32 crc = new CRC32();
        crc.update(head.rewind());
        crc.update(body.duplicate().limit(bytes));
        if (body.getInt(bytes) != (int) crc.getValue()) {
            throw new IOException("not what was written");
        }
        float[] data = new float[(int) values];
        body.asFloatBuffer().get(data);
        answers.put(question, FloatTensor.of(data, shape));
        return at + HEAD + bytes + Integer.BYTES;
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        if (at + length > in.size()) {
            throw new IOException("cut off");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (in.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("cut off");
            }
        }
        return buffer.flip();
    }

    /** Puts an answer at the end; [1, 4, h, w] as all of the UNet's are. */
    void append(QuestionDigest question, FloatTensor answer) {
        if (answer.rank() != RANK) {
            throw new IllegalArgumentException("an answer of rank " + answer.rank());
        }
        ByteBuffer record = ByteBuffer.allocate(HEAD + answer.size() * Float.BYTES + Integer.BYTES);
        question.write(record);
        for (int i = 0; i < RANK; i++) {
            record.putInt(answer.dim(i));
        }
        record.slice().asFloatBuffer().put(answer.data());
        record.position(record.capacity() - Integer.BYTES);
        CRC32 crc = new CRC32();
        crc.update(record.array(), 0, record.position());
        record.putInt((int) crc.getValue()).flip();
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            if (out.size() > MOST) {
                return;
            }
            while (record.hasRemaining()) {
                out.write(record);
            }
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "A step was not kept.", e);
        }
    }

    /** Forgets all of it. */
    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "Kept steps stay.", e);
        }
    }
}
