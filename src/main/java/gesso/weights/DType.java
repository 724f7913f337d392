package gesso.weights;

import java.util.Locale;

/** The element types of weight files. */
public enum DType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    F8_E4M3(1),
    F8_E5M2(1),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** The name that artists know: fp16, bf16, fp8 e4m3. */
    public String label() {
        return switch (this) {
            case F64, F32, F16 -> name().toLowerCase(Locale.ROOT).replace("f", "fp");
            case F8_E4M3 -> "fp8 e4m3";
            case F8_E5M2 -> "fp8 e5m2";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    public boolean isFloat() {
        return switch (this) {
            case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> true;
            default -> false;
        };
    }
}
