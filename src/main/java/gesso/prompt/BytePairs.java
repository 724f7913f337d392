package gesso.prompt;

import gesso.request.BadInput;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * CLIP's byte-pair merges: which two neighbouring tokens become which token, the best first. Token ids are the 256 bytes (those that
 * print first), the same 256 as ends of words, then one for every merge.
 */
final class BytePairs {
    /** The first id that a merge makes; smaller ones are single bytes. */
    static final int FIRST_MERGE = 512;

    private static final int BYTES = 256;
    private static final int CAPACITY = 1 << 17;
    private static final int NONE = -1;

    private final int[] pairs; // merge → left << 16 | right
    private final int[] keys = new int[CAPACITY]; // open addressing: left << 16 | right
    private final int[] merged = new int[CAPACITY];

    BytePairs(int[] pairs) {
        this.pairs = pairs;
        Arrays.fill(keys, NONE);
        for (int i = 0; i < pairs.length; i++) {
            int slot = slot(pairs[i]);
            keys[slot] = pairs[i];
            merged[slot] = FIRST_MERGE + i;
        }
    }

    /** Reads the list of merges. @throws BadInput if it is no list of byte-pair merges */
    static BytePairs parse(byte[] list, int count) {
        return new BytePairs(new MergeList(list).read(count));
    }

    int merges() {
        return pairs.length;
    }

    private int slot(int key) {
        int slot = (key * 0x9e3779b1) >>> 15;
        while (keys[slot] != key && keys[slot] != NONE) {
            slot = (slot + 1) & (CAPACITY - 1);
        }
        return slot;
    }

    /** What the two tokens become, or {@link #NONE}. */
    private int merge(int left, int right) {
        int key = (left << 16) | right;
        int slot = slot(key);
        return keys[slot] == key ? merged[slot] : NONE;
    }

    /** The tokens of one word given as UTF-8; at least one byte. Always the best merge first, the leftmost of equals. */
    int[] encode(byte[] word) {
        int n = word.length;
        int[] ids = new int[n];
        int[] previous = new int[n + 1];
        int[] next = new int[n + 1];
        PriorityQueue<Long> best = new PriorityQueue<>();
        for (int i = 0; i < n; i++) {
            ids[i] = ClipBytes.ID[word[i] & 0xff] + (i == n - 1 ? BYTES : 0);
            previous[i] = i - 1;
            next[i] = i + 1;
        }
        for (int i = 0; i + 1 < n; i++) {
            offer(best, ids, i, i + 1);
        }
        int left = n;
        while (!best.isEmpty()) {
            long candidate = best.remove();
            int into = (int) (candidate >>> 32);
            int at = (int) candidate;
            int after = ids[at] == NONE ? n : next[at];
            if (after >= n || merge(ids[at], ids[after]) != into) {
                continue; // one of the two has been merged meanwhile
            }
            ids[at] = into;
            ids[after] = NONE;
            next[at] = next[after];
            previous[next[after]] = at;
            left--;
            offer(best, ids, at, next[at]);
            offer(best, ids, previous[at], at);
        }
        int[] result = new int[left];
        for (int i = 0, k = 0; i < n; i = next[i]) {
            result[k++] = ids[i];
        }
        return result;
    }

    private void offer(PriorityQueue<Long> best, int[] ids, int left, int right) {
        if (left < 0 || right >= ids.length) {
            return;
        }
        int into = merge(ids[left], ids[right]);
        if (into != NONE) {
            best.add(((long) into << 32) | left);
        }
    }

    /** The bytes of a token, whether or not it ends a word. */
    byte[] bytes(int id) {
        byte[] out = new byte[16];
        int length = 0;
        int[] stack = new int[64];
        int depth = 0;
        stack[depth++] = id;
        while (depth > 0) {
            int top = stack[--depth];
            if (top < FIRST_MERGE) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, 2 * length);
                }
                out[length++] = (byte) ClipBytes.BYTE[top % BYTES];
            } else {
                int pair = pairs[top - FIRST_MERGE];
                if (depth + 2 > stack.length) {
                    stack = Arrays.copyOf(stack, 2 * stack.length);
                }
                stack[depth++] = pair & 0xffff;
                stack[depth++] = pair >>> 16;
            }
        }
        return Arrays.copyOf(out, length);
    }

    boolean endsWord(int id) {
        int last = id;
        while (last >= FIRST_MERGE) {
            last = pairs[last - FIRST_MERGE] & 0xffff;
        }
        return last >= BYTES;
    }

    static BadInput damaged() {
        return new BadInput("The tokenizer's list of merges is damaged; install Gesso again.");
    }
}
