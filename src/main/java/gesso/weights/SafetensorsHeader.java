package gesso.weights;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a safetensors header says, proved against the size of its file; offsets are from the start of the file. */
record SafetensorsHeader(Map<String, Weight> weights, Map<String, String> metadata) {
    /** The tensors need more bytes than the file has. */
    static final class TooShort extends Exception {}

    static SafetensorsHeader parse(byte[] json, long fileSize) throws Malformed, TooShort {
        Map<String, Weight> weights = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        long dataStart = 8L + json.length;
        JsonCursor cursor = new JsonCursor(json);
        cursor.object(name -> {
            if (name.equals("__metadata__")) {
                cursor.object(key -> metadata.put(key, cursor.string()));
            } else {
                weights.put(name, weight(cursor, name, dataStart));
            }
        });
        cursor.end();
        checkTiling(weights, dataStart, fileSize);
        return new SafetensorsHeader(Collections.unmodifiableMap(weights), Collections.unmodifiableMap(metadata));
    }

    /** One tensor's entry, while it is read. */
    private static final class Entry {
        @Nullable
        String type;

        long @Nullable [] shape;

        long @Nullable [] offsets;
    }

    private static Weight weight(JsonCursor cursor, String name, long dataStart) throws Malformed {
        Entry entry = new Entry();
        cursor.object(field -> {
            switch (field) {
                case "dtype" -> entry.type = cursor.string();
                case "shape" -> entry.shape = cursor.naturals();
                case "data_offsets" -> entry.offsets = cursor.naturals();
                default -> cursor.skip();
            }
        });
        String type = entry.type;
        long[] shape = entry.shape;
        long[] offsets = entry.offsets;
        String quoted = Faults.quoted(name);
        if (type == null || shape == null || offsets == null) {
            throw new Malformed("the tensor " + quoted + " has no type, shape or place");
        }
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > Long.MAX_VALUE - dataStart) {
            throw new Malformed("the tensor " + quoted + " has an impossible place");
        }
        DType dtype = dtype(type, quoted);
        long length = offsets[1] - offsets[0];
        if (length != bytes(shape, dtype)) {
            throw new Malformed("the tensor " + quoted + " is not as long as its shape says");
        }
        return new Weight(name, dtype, shape, dataStart + offsets[0], length);
    }

    private static DType dtype(String name, String tensor) throws Malformed {
        for (DType type : DType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new Malformed("the tensor " + tensor + " has the type " + Faults.quoted(name) + ", which is unknown");
    }

    /** The bytes of a tensor of that shape, or −1 where no file could hold it. */
    private static long bytes(long[] shape, DType type) {
        long bytes = type.bytes();
        for (long d : shape) {
            if (d != 0 && bytes > Long.MAX_VALUE / d) {
                return -1;
            }
            bytes *= d;
        }
        return bytes;
    }

    private static void checkTiling(Map<String, Weight> weights, long dataStart, long fileSize)
            throws Malformed, TooShort {
        Weight[] byPlace = weights.values().toArray(new Weight[0]);
        Arrays.sort(byPlace, Comparator.comparingLong(Weight::offset).thenComparingLong(Weight::length));
        long at = dataStart;
        for (Weight w : byPlace) {
            if (w.offset() != at) {
                String fault = w.offset() < at ? " overlaps the one before it" : " leaves a hole before it";
                throw new Malformed("the tensor " + Faults.quoted(w.name()) + fault);
            }
            at += w.length();
        }
        if (at > fileSize) {
            throw new TooShort();
        }
        if (at < fileSize) {
            throw new Malformed("it has " + (fileSize - at) + " bytes more than its header says");
        }
    }
}
