package gesso.weights;

import gesso.request.BadInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A safetensors file: 8 bytes with the header's length, the header in JSON, then the values. Checked as the format's own
 * reader does (huggingface/safetensors): the tensors tile the rest of the file, without holes or overlaps.
 */
public final class SafetensorsFile implements WeightFile {
    /** The format's own limit on a header, in bytes. */
    static final int MAX_HEADER = 100_000_000;

    private final FileBytes file;
    private final SafetensorsHeader header;

    private SafetensorsFile(FileBytes file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Reads the header.
     *
     * @throws BadInput where it is no whole safetensors file ({@link IncompleteFile} where it is shorter than it says)
     */
    public static SafetensorsFile open(Path path) {
        FileBytes file = new FileBytes(path);
        if (file.size() == 0) {
            throw new IncompleteFile(
                    Faults.name(path) + " is empty: it is still being copied, or its download failed.");
        }
        if (file.size() < 9) {
            throw notSafetensors(path);
        }
        byte[] start = file.read(0, 9);
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length == 0 && start[8] == 0) {
            // Programs that copy reserve the place first; what is not there yet reads as zeros.
            throw Faults.incomplete(path);
        }
        if (start[8] != '{') {
            throw notSafetensors(path);
        }
        if (length < 2 || length > MAX_HEADER) {
            throw Faults.broken(path, "its header claims to be " + Long.toUnsignedString(length) + " bytes long");
        }
        if (length > file.size() - 8) {
            throw Faults.incomplete(path);
        }
        try {
            byte[] json = file.read(8, (int) length);
            return new SafetensorsFile(file, SafetensorsHeader.parse(json, file.size()));
        } catch (Malformed e) {
            throw Faults.broken(path, e.fault());
        } catch (SafetensorsHeader.TooShort e) {
            throw Faults.incomplete(path);
        }
    }

    private static BadInput notSafetensors(Path path) {
        return new BadInput(Faults.name(path) + " is not a safetensors file.");
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Map<String, Weight> weights() {
        return header.weights();
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        Values.read(file, weight, out);
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}
