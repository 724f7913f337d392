package gesso.prompt;

/**
 * Reads the list of merges: a line each, the left token, a space, the right one; {@code </w>} ends a word. A token is known by a 64-bit
 * hash of its letters, so that reading makes no strings: it is part of the program's start.
 */
final class MergeList {
    private static final int CAPACITY = 1 << 17;
    private static final long PRIME = 0x9e3779b97f4a7c15L;
    private static final int END_OF_WORD = 257;

    private final byte[] list;
    private int at;
    private long hash; // of the letters since the last reset
    private long both; // of the letters since the line's start

    private final long[] hashes = new long[CAPACITY];
    private final int[] ids = new int[CAPACITY];

    MergeList(byte[] list) {
        this.list = list;
        for (int id = 0; id < 256; id++) {
            long letter = id + 1L;
            put(letter, id);
            put(letter * PRIME + END_OF_WORD, 256 + id);
        }
    }

    /** The pairs, {@code left << 16 | right}. @throws gesso.request.BadInput if there are not {@code count} of them */
    int[] read(int count) {
        int[] pairs = new int[count];
        for (int i = 0; i < count; i++) {
            both = 0;
            int left = token((byte) ' ');
            int right = token((byte) '\n');
            pairs[i] = (left << 16) | right;
            put(both, BytePairs.FIRST_MERGE + i);
        }
        if (at < list.length) {
            throw BytePairs.damaged();
        }
        return pairs;
    }

    private int token(byte end) {
        hash = 0;
        while (at < list.length && list[at] != end) {
            if (endsWord(end)) {
                at += 4;
                add(END_OF_WORD);
            } else {
                add(letter() + 1);
            }
        }
        at++;
        int slot = slot(hash);
        if (hash == 0 || hashes[slot] != hash) {
            throw BytePairs.damaged();
        }
        return ids[slot];
    }

    private void add(int symbol) {
        hash = hash * PRIME + symbol;
        both = both * PRIME + symbol;
    }

    private boolean endsWord(byte end) {
        return list[at] == '<'
                && at + 3 < list.length
                && list[at + 1] == '/'
                && list[at + 2] == 'w'
                && list[at + 3] == '>'
                && (at + 4 == list.length || list[at + 4] == end);
    }

    /** The byte token's id that the next letter, one or two bytes of UTF-8, stands for. */
    private int letter() {
        int code = list[at++] & 0xff;
        if (code >= 0xc0 && at < list.length) {
            code = ((code & 0x1f) << 6) | (list[at++] & 0x3f);
        }
        int id = code < ClipBytes.OF_LETTER.length ? ClipBytes.OF_LETTER[code] : -1;
        if (id < 0) {
            throw BytePairs.damaged();
        }
        return id;
    }

    private void put(long key, int id) {
        int slot = slot(key);
        hashes[slot] = key;
        ids[slot] = id;
    }

    private int slot(long key) {
        int slot = (int) ((key * 0xd6e8feb86659fd93L) >>> 47);
        while (hashes[slot] != key && hashes[slot] != 0) {
            slot = (slot + 1) & (CAPACITY - 1);
        }
        return slot;
    }
}
