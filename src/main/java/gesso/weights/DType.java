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
    BOOL(1),

    // The blocks of ggml: a scale for some elements, and a few bits for each.
    Q4_0(18, 32),
    Q4_1(20, 32),
    Q5_0(22, 32),
    Q5_1(24, 32),
    Q8_0(34, 32),
    Q2_K(84, 256),
    Q3_K(110, 256),
    Q4_K(144, 256),
    Q5_K(176, 256),
    Q6_K(210, 256);

    private final int bytes;
    private final int blockElements;

    DType(int bytes) {
        this(bytes, 1);
    }

    DType(int bytes, int blockElements) {
        this.bytes = bytes;
        this.blockElements = blockElements;
    }

    /** Bytes of one element, or of one block where it is quantized. */
    public int bytes() {
        return bytes;
    }

    /** How many elements a block holds; 1 where it is not quantized. */
    public int blockElements() {
        return blockElements;
    }

    public boolean isQuantized() {
        return blockElements > 1;
    }

    /** The name that artists know: fp16, bf16, fp8 e4m3. */
    public String label() {
        return switch (this) {
            case F64, F32, F16 -> name().toLowerCase(Locale.ROOT).replace("f", "fp");
            case F8_E4M3 -> "fp8 e4m3";
            case F8_E5M2 -> "fp8 e5m2";
            default -> isQuantized() ? name() : name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether it stands for real numbers, quantized or not. */
    public boolean isFloat() {
        return switch (this) {
            case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> true;
            default -> isQuantized();
        };
    }
}
