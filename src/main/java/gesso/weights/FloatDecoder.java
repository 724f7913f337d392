package gesso.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns the bytes of any {@link DType} into floats, exactly where a float can hold the value and to the nearest float
 * elsewhere (F64, large integers). Formats: IEEE 754 binary16, bfloat16, and the FP8 pair of Micikevicius et al. 2022
 * (E4M3 has no infinity and one NaN, E5M2 is the upper half of binary16).
 */
final class FloatDecoder {
    private static final float[] E4M3 = new float[256];
    private static final float[] E5M2 = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            E4M3[i] = e4m3(i);
            E5M2[i] = half(i << 8);
        }
    }

    private FloatDecoder() {}

    /** Decodes the little-endian bytes that {@code in} has left, whole values or blocks, and tells how many values they were. */
    static int decode(DType type, ByteBuffer in, float[] out) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        int n = in.remaining() / type.bytes();
        if (type.isQuantized()) {
            BlockDecoder.decode(type, bytes(in, n * type.bytes()), out);
            return n * type.blockElements();
        }
        switch (type) {
            case F32 -> in.asFloatBuffer().get(out, 0, n);
            case F16 -> halves(shorts(in, n), out, n);
            case BF16 -> brains(shorts(in, n), out, n);
            case F8_E4M3 -> table(E4M3, bytes(in, n), out, n);
            case F8_E5M2 -> table(E5M2, bytes(in, n), out, n);
            case F64 -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (float) in.getDouble();
                }
            }
            default -> integers(type, in, out, n);
        }
        return n;
    }

    // The loops below are written out: compilers without a second tier do not inline a call that may be taken apart.
    private static void halves(short[] in, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            int h = in[i];
            int magnitude = h & 0x7fff;
            // 0x0400 to 0x7bff are the normal numbers: shift the exponent's bias from 15 to 127.
            out[i] = magnitude - 0x0400 >= 0 && magnitude < 0x7c00
                    ? Float.intBitsToFloat(((h & 0x8000) << 16) | ((magnitude << 13) + (112 << 23)))
                    : half(h & 0xffff);
        }
    }

    private static void brains(short[] in, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = Float.intBitsToFloat(in[i] << 16);
        }
    }

    private static void table(float[] values, byte[] in, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = values[in[i] & 0xff];
        }
    }

    private static void integers(DType type, ByteBuffer in, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = switch (type) {
                case I64 -> (float) in.getLong();
                case U64 -> unsigned(in.getLong());
                case I32 -> (float) in.getInt();
                case U32 -> (float) Integer.toUnsignedLong(in.getInt());
                case I16 -> in.getShort();
                case U16 -> Short.toUnsignedInt(in.getShort());
                case I8 -> in.get();
                case U8 -> Byte.toUnsignedInt(in.get());
                case BOOL -> in.get() == 0 ? 0 : 1;
                default -> throw new IllegalArgumentException(type.toString());
            };
        }
    }

    /** The nearest float to an unsigned 64-bit number: the upper half is halved first, its lost bit kept for rounding. */
    private static float unsigned(long bits) {
        return bits >= 0 ? (float) bits : 2f * (float) ((bits >>> 1) | (bits & 1));
    }

    /** binary16: 1 sign, 5 exponent (bias 15), 10 mantissa bits. */
    static float half(int bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        int magnitude =
                switch (exponent) {
                    case 0 -> Float.floatToRawIntBits(mantissa * 0x1p-24f);
                    case 0x1f -> 0x7f800000 | (mantissa << 13);
                    default -> ((exponent + 112) << 23) | (mantissa << 13);
                };
        return Float.intBitsToFloat(sign | magnitude);
    }

    /** FP8 E4M3: 1 sign, 4 exponent (bias 7), 3 mantissa bits; all ones is NaN, nothing is infinite. */
    private static float e4m3(int bits) {
        int exponent = bits >> 3 & 0xf;
        int mantissa = bits & 7;
        float magnitude;
        if ((bits & 0x7f) == 0x7f) {
            magnitude = Float.NaN;
        } else if (exponent == 0) {
            magnitude = mantissa * 0x1p-9f;
        } else {
            magnitude = Math.scalb(1 + mantissa / 8f, exponent - 7);
        }
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }

    private static short[] shorts(ByteBuffer in, int n) {
        short[] values = new short[n];
        in.asShortBuffer().get(values);
        return values;
    }

    private static byte[] bytes(ByteBuffer in, int n) {
        byte[] values = new byte[n];
        in.get(values);
        return values;
    }
}
