package gesso.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The list of files in a zip archive (APPNOTE 6.3, ZIP64 included), with the place of each one's bytes: torch stores them as they
 * are, so that a tensor in an archive can be used where it lies. Nothing is unpacked.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_LENGTH = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int MAX_COMMENT = 0xffff;
    private static final long MAX_DIRECTORY = 64L << 20;

    /** More than any model; each costs a look into the file. */
    private static final int MAX_ENTRIES = 200_000;

    private final FileBytes file;
    private final FileBytes.Reading reading;

    private ZipDirectory(FileBytes file, FileBytes.Reading reading) {
        this.file = file;
        this.reading = reading;
    }

    /** Where a stored file's bytes lie. */
    record Place(long offset, long length) {}

    /** The files by name, in the archive's order; those that are packed or locked have no place (a length of −1). */
    static Map<String, Place> read(FileBytes file) throws Malformed {
        try (FileBytes.Reading reading = file.reading()) {
            return new ZipDirectory(file, reading).entries();
        }
    }

    private Map<String, Place> entries() throws Malformed {
        ByteBuffer end = end();
        long size = Integer.toUnsignedLong(end.getInt(12));
        long offset = Integer.toUnsignedLong(end.getInt(16));
        long endAt = file.size() - end.capacity();
        if (endAt >= LOCATOR_LENGTH) {
            ByteBuffer locator = bytes(endAt - LOCATOR_LENGTH, LOCATOR_LENGTH);
            if (locator.getInt(0) == LOCATOR) {
                ByteBuffer end64 = bytes(locator.getLong(8), END64_LENGTH);
                if (end64.getInt(0) != END64) {
                    throw new Malformed("its list of files is not where it should be");
                }
                size = end64.getLong(40);
                offset = end64.getLong(48);
            }
        }
        if (size < 0 || size > MAX_DIRECTORY) {
            throw new Malformed("its list of files is impossibly long");
        }
        return entries(bytes(offset, size));
    }

    /** The record at the end, whose comment reaches just to the end of the file. */
    private ByteBuffer end() throws Malformed {
        int length = (int) Math.min(file.size(), END_LENGTH + MAX_COMMENT);
        ByteBuffer tail = bytes(file.size() - length, length);
        for (int at = length - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END && Short.toUnsignedInt(tail.getShort(at + 20)) == length - at - END_LENGTH) {
                return tail.slice(at, length - at).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw Faults.incomplete(file.path());
    }

    private Map<String, Place> entries(ByteBuffer directory) throws Malformed {
        Map<String, Place> entries = new LinkedHashMap<>();
        int at = 0;
        while (at < directory.capacity()) {
            if (directory.capacity() - at < ENTRY_LENGTH || directory.getInt(at) != ENTRY) {
                throw new Malformed("its list of files is broken");
            }
            int name = Short.toUnsignedInt(directory.getShort(at + 28));
            int extra = Short.toUnsignedInt(directory.getShort(at + 30));
            int comment = Short.toUnsignedInt(directory.getShort(at + 32));
            if (directory.capacity() - at - ENTRY_LENGTH < name + extra + comment) {
                throw new Malformed("its list of files is broken");
            }
            byte[] text = new byte[name];
            directory.get(at + ENTRY_LENGTH, text);
            Place place = place(directory.slice(at, ENTRY_LENGTH + name + extra), name);
            if (entries.size() == MAX_ENTRIES) {
                throw new Malformed("its list of files is impossibly long");
            }
            if (entries.put(new String(text, StandardCharsets.UTF_8), place) != null) {
                throw new Malformed("its list of files names one twice");
            }
            at += ENTRY_LENGTH + name + extra + comment;
        }
        return entries;
    }

    private Place place(ByteBuffer entry, int name) throws Malformed {
        entry.order(ByteOrder.LITTLE_ENDIAN);
        boolean locked = (entry.getShort(8) & 1) != 0;
        boolean stored = entry.getShort(10) == 0;
        Sizes sizes = Sizes.of(entry, ENTRY_LENGTH + name);
        if (!stored || locked || sizes.packed != sizes.length) {
            return new Place(0, -1);
        }
        ByteBuffer local = bytes(sizes.offset, LOCAL_LENGTH);
        if (local.getInt(0) != LOCAL) {
            throw new Malformed("a file in it is not where its list says");
        }
        long data = sizes.offset
                + LOCAL_LENGTH
                + Short.toUnsignedInt(local.getShort(26))
                + Short.toUnsignedInt(local.getShort(28));
        if (sizes.length < 0 || data > file.size() || sizes.length > file.size() - data) {
            throw new Malformed("a file in it reaches beyond its end");
        }
        return new Place(data, sizes.length);
    }

    /** Lengths and place of an entry; a field of all ones stands in the ZIP64 extra field instead. */
    private record Sizes(long packed, long length, long offset) {
        static Sizes of(ByteBuffer entry, int extra) throws Malformed {
            long packed = Integer.toUnsignedLong(entry.getInt(20));
            long length = Integer.toUnsignedLong(entry.getInt(24));
            long offset = Integer.toUnsignedLong(entry.getInt(42));
            for (int at = extra; at + 4 <= entry.capacity(); ) {
                int size = Short.toUnsignedInt(entry.getShort(at + 2));
                if (entry.getShort(at) == 1) {
                    ByteBuffer wide = entry.slice(at + 4, Math.min(size, entry.capacity() - at - 4));
                    wide.order(ByteOrder.LITTLE_ENDIAN);
                    length = wide(length, wide);
                    packed = wide(packed, wide);
                    offset = wide(offset, wide);
                    break;
                }
                at += 4 + size;
            }
            return new Sizes(packed, length, offset);
        }

        private static long wide(long narrow, ByteBuffer wide) throws Malformed {
            if (narrow != 0xffffffffL) {
                return narrow;
            }
            if (wide.remaining() < 8) {
                throw new Malformed("its list of files is broken");
            }
            return wide.getLong();
        }
    }

    private ByteBuffer bytes(long offset, long length) throws Malformed {
        if (offset < 0 || offset > file.size() || length > file.size() - offset) {
            throw new Malformed("its list of files points beyond its end");
        }
        return ByteBuffer.wrap(reading.bytes(offset, (int) length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
