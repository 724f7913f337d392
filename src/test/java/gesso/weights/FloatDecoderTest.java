package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatDecoderTest {
    /** Every pattern there is, against torch. */
    @ParameterizedTest
    @CsvSource({"F16,f16.gz", "BF16,bf16.gz", "F8_E4M3,f8_e4m3.gz", "F8_E5M2,f8_e5m2.gz"})
    void everyPatternIsWhatTorchMakesOfIt(DType type, String golden) {
        float[] expected = Fixtures.floats(golden);
        int count = 1 << (8 * type.bytes());
        ByteBuffer bits = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (type.bytes() == 2) {
                bits.putShort((short) i);
            } else {
                bits.put((byte) i);
            }
        }
        float[] decoded = new float[count];
        assertEquals(count, FloatDecoder.decode(type, bits.flip(), decoded));
        assertEquals(expected.length, count);
        for (int i = 0; i < count; i++) {
            // NaN payloads mean nothing; signs of zero do.
            assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(decoded[i]), "pattern " + i);
        }
    }
}
