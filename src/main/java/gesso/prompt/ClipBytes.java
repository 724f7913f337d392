package gesso.prompt;

/**
 * The order and the letters of CLIP's 256 byte tokens: bytes that print in Latin-1 come first and are written as themselves, the others
 * follow and are written as U+0100, U+0101 … (OpenAI's CLIP, {@code bytes_to_unicode}).
 */
final class ClipBytes {
    /** Byte → token id, 0–255. */
    static final int[] ID = new int[256];

    /** Token id → byte. */
    static final int[] BYTE = new int[256];

    /** The letter that stands for a byte in the list of merges → token id; −1: none. */
    static final int[] OF_LETTER = new int[256 + 68];

    static {
        java.util.Arrays.fill(OF_LETTER, -1);
        int id = 0;
        for (int b = 0; b < 256; b++) {
            if (prints(b)) {
                OF_LETTER[b] = id;
                ID[b] = id;
                BYTE[id++] = b;
            }
        }
        for (int b = 0, letter = 256; b < 256; b++) {
            if (!prints(b)) {
                OF_LETTER[letter++] = id;
                ID[b] = id;
                BYTE[id++] = b;
            }
        }
    }

    private ClipBytes() {}

    private static boolean prints(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
    }
}
