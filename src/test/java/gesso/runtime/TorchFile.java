package gesso.runtime;

import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes weights as torch.save does: a pickled table (protocol 2) beside one storage of floats that all tensors share. */
final class TorchFile {
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private final int count;
    private int offset;

    private TorchFile(int count) {
        this.count = count;
    }

    static void write(Path path, WeightFile file) throws IOException {
        int count = (int)
                file.weights().values().stream().mapToLong(Weight::elements).sum();
        ByteBuffer storage = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        TorchFile torch = new TorchFile(count);
        torch.bytes(0x80, 2, '}', '(');
        for (Weight weight : file.weights().values()) {
            float[] values = new float[(int) weight.elements()];
            file.read(weight, FloatBuffer.wrap(values));
            for (float value : values) {
                storage.putFloat(value);
            }
            torch.tensor(weight);
        }
        torch.bytes('u', '.');
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            stored(zip, "archive/data.pkl", torch.table.toByteArray());
            stored(zip, "archive/data/0", storage.array());
            stored(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    /** name: _rebuild_tensor_v2(storage, offset, shape, strides, False, OrderedDict()). */
    private void tensor(Weight weight) {
        text(weight.name());
        global("torch._utils", "_rebuild_tensor_v2");
        bytes('(', '(');
        text("storage");
        global("torch", "FloatStorage");
        text("0");
        text("cpu");
        number(count);
        bytes('t', 'Q');
        number(offset);
        offset += (int) weight.elements();
        long[] shape = weight.shape();
        bytes('(');
        for (long side : shape) {
            number((int) side);
        }
        bytes('t', '(');
        for (int i = 0; i < shape.length; i++) {
            int stride = 1;
            for (int j = i + 1; j < shape.length; j++) {
                stride *= (int) shape[j];
            }
            number(stride);
        }
        bytes('t', 0x89);
        global("collections", "OrderedDict");
        bytes(')', 'R', 't', 'R');
    }

    private void global(String module, String name) {
        table.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String value) {
        bytes('X');
        int32(value.length());
        table.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private void number(int value) {
        bytes('J');
        int32(value);
    }

    private void int32(int value) {
        table.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void bytes(int... values) {
        for (int value : values) {
            table.write(value);
        }
    }
}
