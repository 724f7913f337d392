package gesso.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A weight or constant of a foreign network.
 *
 * @param type TensorProto.DataType's number
 * @param inline its whole TensorProto where it is small; null: it lies in a file
 * @param file that its values lie in, row by row; the network's own where {@code inline} is not null
 * @param offset of the first byte
 * @param length in bytes
 */
public record OnnxTensor(
        String name, int type, long[] dims, byte @Nullable [] inline, Path file, long offset, long length) {
    /** Larger values stay where they are; smaller ones are shapes and axes, which optimizers like to see. */
    private static final int SMALL = 4096;

    private static final long MOST = 1L << 26;

    /** Bytes of an element, by TensorProto.DataType; 0: no numbers. */
    private static int bytes(int type) {
        return switch (type) {
            case 2, 3, 9, 17, 18, 19, 20 -> 1;
            case 4, 5, 10, 16 -> 2;
            case 1, 6, 12 -> 4;
            case 7, 11, 13 -> 8;
            default -> 0;
        };
    }

    /** How many elements. */
    public long elements() {
        long n = 1;
        for (long d : dims) {
            n *= d;
        }
        return n;
    }

    /** Reads the field that a reader stands at. */
    static OnnxTensor read(OnnxReader field, OnnxPlaces places) throws Malformed {
        OnnxReader in = field.message();
        List<Long> dims = new ArrayList<>();
        Map<String, String> external = new HashMap<>();
        String name = "";
        int type = 0;
        long rawAt = -1;
        long rawLength = 0;
        boolean elsewhere = false;
        while (in.next()) {
            switch (in.field) {
                case 1 -> dims(in, dims);
                case 2 -> type = (int) in.value;
                case 3 -> throw new Malformed("a weight in it comes in pieces");
                case 8 -> name = in.text();
                case 9 -> {
                    rawAt = in.start();
                    rawLength = in.wire == OnnxReader.BYTES ? in.value : -1;
                }
                case 13 -> entry(in.message(), external);
                case 14 -> elsewhere = in.value != 0;
                default -> {}
            }
        }
        long[] shape = dims.stream().mapToLong(Long::longValue).toArray();
        String quoted = "the weight " + Faults.quoted(name);
        long expected = size(shape, bytes(type));
        if (elsewhere || !external.isEmpty()) {
            if (expected < 0) {
                throw new Malformed(quoted + " has an impossible shape or type");
            }
            return places.external(name, type, shape, external, expected, quoted);
        }
        if (rawAt < 0 || rawLength <= SMALL) {
            return new OnnxTensor(name, type, shape, field.bytes(MOST), places.own(), 0, 0);
        }
        if (rawLength != expected) {
            throw new Malformed(quoted + " is not as long as its shape says");
        }
        return new OnnxTensor(name, type, shape, null, places.own(), rawAt, rawLength);
    }

    private static void dims(OnnxReader in, List<Long> dims) throws Malformed {
        if (in.wire == OnnxReader.VARINT) {
            dims.add(in.value);
        } else {
            while (in.wire == OnnxReader.BYTES && in.value > 0) {
                dims.add(in.packed());
                check(dims);
            }
        }
        check(dims);
    }

    private static void check(List<Long> dims) throws Malformed {
        if (dims.size() > 16 || dims.get(dims.size() - 1) < 0) {
            throw new Malformed("a weight in it has an impossible shape");
        }
    }

    private static void entry(OnnxReader in, Map<String, String> entries) throws Malformed {
        String key = "";
        String value = "";
        while (in.next()) {
            if (in.field == 1) {
                key = in.text();
            } else if (in.field == 2) {
                value = in.text();
            }
        }
        if (entries.put(key, value) != null) {
            throw new Malformed("a weight in it lies in two places");
        }
    }

    /** The bytes of a tensor, −1 where no file could hold it. */
    private static long size(long[] shape, int bytes) {
        long size = bytes;
        for (long d : shape) {
            if (d != 0 && size > Long.MAX_VALUE / d) {
                return -1;
            }
            size *= d;
        }
        return bytes == 0 ? -1 : size;
    }
}
