package gesso.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands before the values in a GGUF file (ggml's docs/gguf.md); offsets are from the start of the file. */
record GgufHeader(Map<String, Weight> weights, Map<String, String> notes) {
    /** "GGUF". */
    static final int MAGIC = 0x46554747;

    private static final int MAX_TENSORS = 200_000;
    private static final int LONGEST_NAME = 1000;
    private static final int LONGEST_NOTE = 1 << 20;
    private static final int MAX_RANK = 16;

    /** ComfyUI's converter writes here the shape of a tensor whose rows it had to cut to fit whole blocks. */
    private static final String SHAPE_NOTE = "comfy.gguf.orig_shape.";

    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Bytes of a note's value by its type; 0 where it says its length itself. */
    private static final int[] NOTE_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private static final Map<Integer, DType> TYPES = Map.ofEntries(
            Map.entry(0, DType.F32),
            Map.entry(1, DType.F16),
            Map.entry(2, DType.Q4_0),
            Map.entry(3, DType.Q4_1),
            Map.entry(6, DType.Q5_0),
            Map.entry(7, DType.Q5_1),
            Map.entry(8, DType.Q8_0),
            Map.entry(10, DType.Q2_K),
            Map.entry(11, DType.Q3_K),
            Map.entry(12, DType.Q4_K),
            Map.entry(13, DType.Q5_K),
            Map.entry(14, DType.Q6_K),
            Map.entry(24, DType.I8),
            Map.entry(25, DType.I16),
            Map.entry(26, DType.I32),
            Map.entry(27, DType.I64),
            Map.entry(28, DType.F64),
            Map.entry(30, DType.BF16));

    /** Reads on behind the magic number. */
    static GgufHeader read(TableInput in) throws Malformed {
        long version = in.little(4);
        if (version != 2 && version != 3) {
            boolean swapped = version == 2L << 24 || version == 3L << 24;
            throw new Malformed(swapped ? "its numbers are big-endian" : "it is of the unknown version " + version);
        }
        long tensors = in.little(8);
        long count = in.little(8);
        if (tensors < 0 || tensors > MAX_TENSORS || count < 0 || count > MAX_TENSORS) {
            throw new Malformed("it claims an impossible number of tensors");
        }
        Map<String, String> notes = new LinkedHashMap<>();
        Map<String, long[]> shapes = new HashMap<>();
        for (long i = 0; i < count; i++) {
            note(in, notes, shapes);
        }
        List<Weight> table = new ArrayList<>();
        for (long i = 0; i < tensors; i++) {
            table.add(tensor(in, shapes));
        }
        return new GgufHeader(placed(table, in.position(), alignment(notes)), Collections.unmodifiableMap(notes));
    }

    private static void note(TableInput in, Map<String, String> notes, Map<String, long[]> shapes) throws Malformed {
        String key = text(in, LONGEST_NAME);
        int type = (int) in.little(4);
        if (type == ARRAY) {
            long[] numbers = array(in);
            if (key.startsWith(SHAPE_NOTE)) {
                shapes.put(key.substring(SHAPE_NOTE.length()), numbers);
            }
        } else if (type == STRING) {
            notes.put(key, text(in, LONGEST_NOTE));
        } else {
            long bits = in.little(bytes(type));
            notes.put(
                    key,
                    switch (type) {
                        case 1 -> Byte.toString((byte) bits);
                        case 3 -> Short.toString((short) bits);
                        case 5 -> Integer.toString((int) bits);
                        case 6 -> Float.toString(Float.intBitsToFloat((int) bits));
                        case BOOL -> Boolean.toString(bits != 0);
                        case 10 -> Long.toUnsignedString(bits);
                        case 12 -> Double.toString(Double.longBitsToDouble(bits));
                        default -> Long.toString(bits);
                    });
        }
    }

    /** Reads past a list; its first numbers, where it is one of whole numbers, may be a shape. */
    private static long[] array(TableInput in) throws Malformed {
        int type = (int) in.little(4);
        long count = in.little(8);
        if (count < 0 || type == ARRAY) {
            throw new Malformed("a list in its notes cannot be read");
        }
        long[] numbers = new long[(int) Math.min(count, MAX_RANK)];
        for (long i = 0; i < count; i++) {
            if (type == STRING) {
                text(in, LONGEST_NOTE);
            } else {
                long value = in.little(bytes(type));
                if (i < numbers.length) {
                    numbers[(int) i] = value;
                }
            }
        }
        return numbers;
    }

    private static int bytes(int type) throws Malformed {
        if (type < 0 || type >= NOTE_BYTES.length || NOTE_BYTES[type] == 0) {
            throw new Malformed("a note in it has the unknown type " + type);
        }
        return NOTE_BYTES[type];
    }

    private static String text(TableInput in, int longest) throws Malformed {
        long length = in.little(8);
        if (length < 0 || length > longest) {
            throw new Malformed("a text in it is impossibly long");
        }
        return in.text(length);
    }

    /** A tensor's entry, its offset still from the start of the values. */
    private static Weight tensor(TableInput in, Map<String, long[]> shapes) throws Malformed {
        String name = text(in, LONGEST_NAME);
        String quoted = Faults.quoted(name);
        int rank = (int) in.little(4);
        if (rank < 0 || rank > MAX_RANK) {
            throw new Malformed("the tensor " + quoted + " has an impossible shape");
        }
        long[] shape = new long[rank];
        for (int i = rank - 1; i >= 0; i--) {
            shape[i] = in.little(8); // the fastest axis comes first there, last with everyone else
        }
        int code = (int) in.little(4);
        DType type = TYPES.get(code);
        if (type == null) {
            throw new Malformed(
                    "the tensor " + quoted + " is quantized in a way that Gesso does not know (" + code + ")");
        }
        long elements = elements(shape);
        long row = rank == 0 ? 1 : shape[rank - 1];
        if (elements < 0 || row % type.blockElements() != 0) {
            throw new Malformed("the tensor " + quoted + " has an impossible shape");
        }
        long[] noted = shapes.get(name);
        long[] real = noted != null && elements(noted) == elements ? noted : shape;
        return new Weight(name, type, real, in.little(8), elements / type.blockElements() * type.bytes());
    }

    /** How many elements a shape has; −1 where no file could hold them. */
    private static long elements(long[] shape) {
        long n = 1;
        for (long d : shape) {
            if (d < 0 || (d > 0 && n > (Long.MAX_VALUE >> 8) / d)) {
                return -1;
            }
            n *= d;
        }
        return n;
    }

    private static long alignment(Map<String, String> notes) throws Malformed {
        String noted = notes.getOrDefault("general.alignment", "32");
        if (!noted.matches("[1-9][0-9]{0,5}")) {
            throw new Malformed("its values stand in an impossible order");
        }
        return Long.parseLong(noted);
    }

    private static Map<String, Weight> placed(List<Weight> table, long end, long alignment) throws Malformed {
        long start = (end + alignment - 1) / alignment * alignment;
        Map<String, Weight> weights = new LinkedHashMap<>();
        for (Weight w : table) {
            if (w.offset() < 0 || w.offset() > Long.MAX_VALUE - start) {
                throw new Malformed("the tensor " + Faults.quoted(w.name()) + " has an impossible place");
            }
            Weight placed = new Weight(w.name(), w.type(), w.shape(), start + w.offset(), w.length());
            if (weights.put(w.name(), placed) != null) {
                throw new Malformed("the name " + Faults.quoted(w.name()) + " comes twice");
            }
        }
        return Collections.unmodifiableMap(weights);
    }
}
