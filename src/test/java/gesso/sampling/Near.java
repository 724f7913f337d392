package gesso.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compares with the largest difference in units of the largest expected value. */
final class Near {
    private Near() {}

    static void assertNear(double[] expected, float[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        double error = error(expected, actual);
        assertTrue(error <= tolerance, what + ": relative error " + error);
    }

    static double error(double[] expected, float[] actual) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        return Double.isFinite(difference) ? difference / largest : Double.POSITIVE_INFINITY;
    }
}
