package gesso.weights;

/**
 * Turns ggml's quantized blocks into floats, in the order of operations of its reference (ggml-quants.c): every block is a scale,
 * perhaps an offset, and a few bits for each of its 32 or 256 elements. Numbers in a block are little-endian, scales binary16.
 */
final class BlockDecoder {
    private BlockDecoder() {}

    static void decode(DType type, byte[] blocks, float[] out) {
        int elements = type.blockElements();
        for (int at = 0, to = 0; at < blocks.length; at += type.bytes(), to += elements) {
            switch (type) {
                case Q4_0 -> fours(blocks, at + 2, -8, half(blocks, at), 0, out, to);
                case Q4_1 -> fours(blocks, at + 4, 0, half(blocks, at), half(blocks, at + 2), out, to);
                case Q5_0 -> fives(blocks, at + 2, -16, half(blocks, at), 0, out, to);
                case Q5_1 -> fives(blocks, at + 4, 0, half(blocks, at), half(blocks, at + 2), out, to);
                case Q8_0 -> eights(blocks, at + 2, half(blocks, at), out, to);
                case Q2_K -> q2k(blocks, at, out, to);
                case Q3_K -> q3k(blocks, at, out, to);
                case Q4_K -> q4k(blocks, at, out, to);
                case Q5_K -> q5k(blocks, at, out, to);
                case Q6_K -> q6k(blocks, at, out, to);
                default -> throw new IllegalArgumentException(type.toString());
            }
        }
    }

    private static float half(byte[] b, int at) {
        return FloatDecoder.half((b[at] & 0xff) | ((b[at + 1] & 0xff) << 8));
    }

    private static int bits(byte b, int shift, int mask) {
        return (b >> shift) & mask;
    }

    /** 16 bytes: the low halves are the first 16 elements, the high halves the others. */
    private static void fours(byte[] b, int at, int shift, float scale, float offset, float[] out, int to) {
        for (int i = 0; i < 16; i++) {
            out[to + i] = ((b[at + i] & 15) + shift) * scale + offset;
            out[to + i + 16] = (bits(b[at + i], 4, 15) + shift) * scale + offset;
        }
    }

    /** 32 fifth bits, then as {@link #fours}. */
    private static void fives(byte[] b, int at, int shift, float scale, float offset, float[] out, int to) {
        for (int i = 0; i < 16; i++) {
            int low = bits(b[at + 4 + i], 0, 15) | (bit(b, at, i) << 4);
            int high = bits(b[at + 4 + i], 4, 15) | (bit(b, at, i + 16) << 4);
            out[to + i] = (low + shift) * scale + offset;
            out[to + i + 16] = (high + shift) * scale + offset;
        }
    }

    private static int bit(byte[] b, int at, int n) {
        return bits(b[at + n / 8], n % 8, 1);
    }

    private static void eights(byte[] b, int at, float scale, float[] out, int to) {
        for (int i = 0; i < 32; i++) {
            out[to + i] = b[at + i] * scale;
        }
    }

    /** 16 bytes of scales (low half) and offsets (high half), one a group of 16; 64 bytes of 2 bits; two scales of those. */
    private static void q2k(byte[] b, int at, float[] out, int to) {
        float scale = half(b, at + 80);
        float offset = half(b, at + 82);
        for (int e = 0; e < 256; e++) {
            byte group = b[at + e / 16];
            int q = bits(b[at + 16 + e / 128 * 32 + e % 32], e % 128 / 32 * 2, 3);
            out[to + e] = scale * bits(group, 0, 15) * q - offset * bits(group, 4, 15);
        }
    }

    /** 32 bytes of third bits (set: as it is, unset: 4 less); 64 of 2 bits; 12 of 16 scales of 6 bits; the scale of those. */
    private static void q3k(byte[] b, int at, float[] out, int to) {
        float scale = half(b, at + 108);
        for (int g = 0; g < 16; g++) {
            int low = bits(b[at + 96 + g % 8], g / 8 * 4, 15);
            int high = bits(b[at + 104 + g % 4], g / 4 * 2, 3);
            float groupScale = scale * ((low | (high << 4)) - 32);
            for (int e = g * 16; e < g * 16 + 16; e++) {
                int q = bits(b[at + 32 + e / 128 * 32 + e % 32], e % 128 / 32 * 2, 3);
                int less = bits(b[at + e % 32], e / 32, 1) == 0 ? 4 : 0;
                out[to + e] = groupScale * (q - less);
            }
        }
    }

    /** Two scales; 12 bytes of 8 scales and 8 offsets of 6 bits; 128 bytes of 4 bits. */
    private static void q4k(byte[] b, int at, float[] out, int to) {
        for (int g = 0; g < 8; g++) {
            float scale = half(b, at) * scale(b, at + 4, g);
            float offset = half(b, at + 2) * offset(b, at + 4, g);
            for (int i = 0; i < 32; i++) {
                int q = bits(b[at + 16 + g / 2 * 32 + i], g % 2 * 4, 15);
                out[to + g * 32 + i] = scale * q - offset;
            }
        }
    }

    /** As {@link #q4k}, with 32 bytes of fifth bits before the last. */
    private static void q5k(byte[] b, int at, float[] out, int to) {
        for (int g = 0; g < 8; g++) {
            float scale = half(b, at) * scale(b, at + 4, g);
            float offset = half(b, at + 2) * offset(b, at + 4, g);
            for (int i = 0; i < 32; i++) {
                int low = bits(b[at + 48 + g / 2 * 32 + i], g % 2 * 4, 15);
                int q = low | (bits(b[at + 16 + i], g, 1) << 4);
                out[to + g * 32 + i] = scale * q - offset;
            }
        }
    }

    /** The scale of group {@code g} of 8: the first four whole, the others' upper bits above the first eight's. */
    private static int scale(byte[] b, int at, int g) {
        return g < 4 ? b[at + g] & 63 : bits(b[at + g + 4], 0, 15) | bits(b[at + g - 4], 2, 48);
    }

    private static int offset(byte[] b, int at, int g) {
        return g < 4 ? b[at + g + 4] & 63 : bits(b[at + g + 4], 4, 15) | bits(b[at + g], 2, 48);
    }

    /** 128 bytes of 4 bits; 64 of the upper 2; 16 signed scales; the scale of those. */
    private static void q6k(byte[] b, int at, float[] out, int to) {
        float scale = half(b, at + 208);
        for (int e = 0; e < 256; e++) {
            int quarter = e % 128 / 32;
            int low = bits(b[at + e / 128 * 64 + quarter % 2 * 32 + e % 32], quarter / 2 * 4, 15);
            int high = bits(b[at + 128 + e / 128 * 32 + e % 32], quarter * 2, 3);
            out[to + e] = scale * b[at + 192 + e / 16] * ((low | (high << 4)) - 32);
        }
    }
}
