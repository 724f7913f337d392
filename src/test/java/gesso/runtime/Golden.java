package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.tensor.FloatTensor;
import gesso.weights.SafetensorsFile;
import gesso.weights.Weight;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Values that torch computed, see src/test/goldens/networks. */
record Golden(SafetensorsFile file) {
    static Golden of(String name) {
        return of("networks", name);
    }

    static Golden of(String topic, String name) {
        return new Golden(SafetensorsFile.open(Path.of("src/test/resources", topic, name + ".safetensors")));
    }

    boolean has(String key) {
        return file.weights().containsKey(key);
    }

    FloatTensor get(String key) {
        Weight weight = Objects.requireNonNull(file.weights().get(key), key);
        float[] values = new float[(int) weight.elements()];
        file.read(weight, FloatBuffer.wrap(values));
        int[] shape = Arrays.stream(weight.shape()).mapToInt(Math::toIntExact).toArray();
        return FloatTensor.of(values, shape);
    }

    long[][] ids() {
        FloatTensor ids = get("ids");
        long[][] rows = new long[ids.dim(0)][ids.dim(1)];
        for (int i = 0; i < ids.size(); i++) {
            rows[i / ids.dim(1)][i % ids.dim(1)] = (long) ids.data()[i];
        }
        return rows;
    }

    /** max|d| / max|y| is at most 1e-5. */
    void check(String key, FloatTensor actual) {
        FloatTensor wanted = get(key);
        assertArrayEquals(wanted.shape(), actual.shape(), key);
        double most = 0;
        double difference = 0;
        for (int i = 0; i < wanted.size(); i++) {
            most = Math.max(most, Math.abs(wanted.data()[i]));
            double d = Math.abs((double) wanted.data()[i] - actual.data()[i]);
            difference = d <= difference ? difference : d; // a NaN stays
        }
        double error = difference / most;
        assertTrue(error <= 1e-5, () -> key + " differs by " + error);
    }
}
