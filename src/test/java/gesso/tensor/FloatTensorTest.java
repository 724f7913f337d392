package gesso.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FloatTensorTest {
    private final FloatTensor a = FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    private final FloatTensor b = FloatTensor.of(new float[] {10, 20, 30, 40}, 2, 2);

    @Test
    void arithmeticMakesNewTensors() {
        assertArrayEquals(new float[] {11, 22, 33, 44}, a.plus(b).data());
        assertArrayEquals(new float[] {6, 12, 18, 24}, a.plus(b, 0.5f).data());
        assertArrayEquals(new float[] {9, 18, 27, 36}, b.minus(a).data());
        assertArrayEquals(new float[] {2, 4, 6, 8}, a.times(2).data());
        assertArrayEquals(new float[] {.5f, 1, 1.5f, 2}, a.dividedBy(2).data());
        assertArrayEquals(new float[] {1, 2, 3, 4}, a.data(), "the operands stay as they were");
    }

    @Test
    void shapesMustAgree() {
        FloatTensor flat = a.reshaped(4);
        assertEquals(1, flat.rank());
        assertFalse(flat.sameShape(a));
        assertThrows(IllegalArgumentException.class, () -> a.plus(flat));
        assertThrows(IllegalArgumentException.class, () -> a.reshaped(3));
    }
}
