package gesso.weights;

import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A GGUF file (ggml's format, versions 2 and 3): notes, a table of tensors, then their values, most of them quantized. */
public final class GgufFile implements WeightFile {
    private final FileBytes file;
    private final GgufHeader header;

    private GgufFile(FileBytes file, GgufHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Reads the notes and the table of tensors.
     *
     * @throws BadInput where it is no whole GGUF file of a version and of number types that Gesso knows
     */
    public static GgufFile open(Path path) {
        FileBytes file = new FileBytes(path);
        try (TableInput in = new TableInput(file, 0, file.size())) {
            if (file.size() < 4 || in.little(4) != GgufHeader.MAGIC) {
                throw new BadInput(Faults.name(path) + " is not a GGUF file.");
            }
            GgufHeader header = GgufHeader.read(in);
            for (Weight w : header.weights().values()) {
                if (w.length() > file.size() - w.offset()) {
                    throw Faults.incomplete(path);
                }
            }
            return new GgufFile(file, header);
        } catch (Malformed e) {
            throw Faults.broken(path, e.fault());
        }
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
        return header.notes();
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
