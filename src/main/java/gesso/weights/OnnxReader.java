package gesso.weights;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the fields of one protobuf message in a file (protobuf's encoding), in a range of bytes that no field may leave.
 * What is large is not read, only passed.
 */
final class OnnxReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final int PIECE = 1 << 14;
    private static final int LONGEST_TEXT = 4096;

    private final FileBytes.Reading reading;
    private final long end;
    private long at;
    private byte[] piece = new byte[0];
    private long pieceStart;

    /** The field that {@link #next} found: its number, how it is written, and a varint's value or a text's length. */
    int field;

    int wire;
    long value;

    OnnxReader(FileBytes.Reading reading, long start, long end) {
        this.reading = reading;
        this.at = start;
        this.end = end;
    }

    /** Goes to the next field, past what is left of the last; false at the message's end. */
    boolean next() throws Malformed {
        if (wire == BYTES) {
            at += value;
        }
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 3 > Integer.MAX_VALUE || field == 0) {
            throw new Malformed("a field of number 0 at byte " + at);
        }
        switch (wire) {
            case VARINT -> value = varint();
            case FIXED64 -> value = fixed(8);
            case FIXED32 -> value = fixed(4);
            case BYTES -> {
                value = varint();
                if (value < 0 || value > end - at) {
                    throw new Malformed("a part reaches beyond the end, at byte " + at);
                }
            }
            default -> throw new Malformed("a field of an unknown kind at byte " + at);
        }
        return true;
    }

    /** Where the field's bytes begin. */
    long start() {
        return at;
    }

    /** A reader of the field, which is a message. */
    OnnxReader message() throws Malformed {
        needBytes();
        return new OnnxReader(reading, at, at + value);
    }

    /** The field's bytes; {@code most} of them at most. */
    byte[] bytes(long most) throws Malformed {
        needBytes();
        if (value > most) {
            throw new Malformed("a part of it is far too large, at byte " + at);
        }
        return reading.bytes(at, (int) value);
    }

    String text() throws Malformed {
        return new String(bytes(LONGEST_TEXT), StandardCharsets.UTF_8);
    }

    private void needBytes() throws Malformed {
        if (wire != BYTES) {
            throw new Malformed("a number where a part belongs, at byte " + at);
        }
    }

    private long fixed(int count) throws Malformed {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (long) one() << (8 * i);
        }
        return number;
    }

    /** A number of the message, where the field is a list of them, packed. */
    long packed() throws Malformed {
        long from = at;
        long number = varint();
        value -= at - from;
        if (value < 0) {
            throw new Malformed("a number reaches beyond its list, at byte " + at);
        }
        return number;
    }

    private long varint() throws Malformed {
        long number = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = one();
            number |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return number;
            }
        }
        throw new Malformed("a number is too long at byte " + at);
    }

    private int one() throws Malformed {
        if (at >= end) {
            throw new Malformed("it ends in the middle");
        }
        if (at < pieceStart || at >= pieceStart + piece.length) {
            pieceStart = at;
            piece = reading.bytes(at, (int) Math.min(PIECE, end - at));
        }
        return piece[(int) (at++ - pieceStart)] & 0xff;
    }
}
