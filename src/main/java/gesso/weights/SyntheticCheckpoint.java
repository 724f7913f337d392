package gesso.weights;

import gesso.request.GessoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes a checkpoint of computed weights, to measure and to test with what no download is needed for. A weight is a function
 * of its tensor's name and its place: a signed byte k from a pseudo-random stream (splitmix64, Steele et al. 2014, seeded with
 * the name's FNV-1a hash), which becomes 1 + ⌊k/8⌋/64 in a norm's weight, k/512 in a bias, and k·2^e elsewhere, with e such that
 * a layer's outputs vary as its inputs do. All of them are exact in F32, F16 and BF16.
 */
public final class SyntheticCheckpoint {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    /** The standard deviation of a signed byte. */
    private static final double BYTE_DEVIATION = 74;

    private static final int CHUNK = 1 << 20;

    private SyntheticCheckpoint() {}

    /**
     * Writes a safetensors file; one that is there is replaced.
     *
     * @param shapes such as {@link CheckpointShapes#sd15}
     * @param type F32, F16 or BF16
     * @throws GessoException where it cannot be written
     */
    public static void write(Path file, Map<String, long[]> shapes, DType type) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                writeFully(out, header(shapes, type));
                for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
                    write(out, tensor.getKey(), tensor.getValue(), type);
                }
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new GessoException(
                    "The model for measuring could not be written to " + file + ". Is the disk full?", e);
        }
    }

    private static ByteBuffer header(Map<String, long[]> shapes, DType type) {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"modelspec.title\":\"Random weights\"}");
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            long end = offset + type.bytes() * elements(tensor.getValue());
            String shape =
                    LongStream.of(tensor.getValue()).mapToObj(Long::toString).collect(Collectors.joining(","));
            json.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), type, shape, offset, end));
            offset = end;
        }
        json.append('}');
        while (json.length() % 8 != 0) {
            json.append(' ');
        }
        byte[] bytes = json.toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .flip();
    }

    private static void write(FileChannel out, String name, long[] shape, DType type) throws IOException {
        int[] bits = bits(name, shape, type);
        long state = hash(name);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        long left = elements(shape);
        while (left > 0) {
            state += GAMMA;
            long word = mixed(state);
            for (int i = 0; i < Math.min(8, left); i++) {
                int value = bits[(int) ((word >>> (8 * i)) & 0xff)];
                if (type == DType.F32) {
                    chunk.putInt(value);
                } else {
                    chunk.putShort((short) value);
                }
            }
            left -= 8;
            if (chunk.remaining() < 32 || left <= 0) {
                writeFully(out, chunk.flip());
                chunk.clear();
            }
        }
    }

    /** What each byte becomes in the file. */
    private static int[] bits(String name, long[] shape, DType type) {
        boolean norm = shape.length == 1 && name.endsWith(".weight");
        double scale = shape.length <= 1 ? 1.0 / 512 : scale(elements(shape) / Math.max(1, shape[0]));
        int[] bits = new int[256];
        for (int b = 0; b < bits.length; b++) {
            int k = (byte) b;
            float value = (float) (norm ? 1 + (k >> 3) / 64.0 : k * scale);
            bits[b] = switch (type) {
                case F32 -> Float.floatToRawIntBits(value);
                case BF16 -> Float.floatToRawIntBits(value) >>> 16;
                case F16 -> half(value);
                default -> throw new IllegalArgumentException("no synthetic weights of type " + type);
            };
        }
        return bits;
    }

    private static double scale(long fanIn) {
        double exponent = -(Math.log(fanIn) / 2 + Math.log(BYTE_DEVIATION)) / Math.log(2);
        return Math.pow(2, Math.rint(exponent));
    }

    /** The half-precision bits of a value that half precision holds exactly. */
    private static int half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int exponent = Math.getExponent(value);
        if (exponent < -14) {
            return sign | (int) (Math.abs(value) * (1 << 24));
        }
        return sign | ((exponent + 15) << 10) | ((bits >>> 13) & 0x3ff);
    }

    private static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
        }
        return hash;
    }

    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long elements(long[] shape) {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
