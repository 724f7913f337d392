package gesso.weights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Real models' names and shapes without their values, made by src/test/goldens/weights/headers.py. */
final class HeaderFixtures {
    private HeaderFixtures() {}

    /** A file of which only the header is there; every value read from it is {@code value}, sign alternating. */
    record Header(Path path, Map<String, Weight> weights, Map<String, String> metadata, float value)
            implements WeightFile {
        @Override
        public void read(Weight weight, FloatBuffer out) {
            for (int i = 0; i < weight.elements(); i++) {
                out.put(i % 2 == 0 ? value : -value);
            }
        }

        Header withValue(float other) {
            return new Header(path, weights, metadata, other);
        }
    }

    static Map<String, Header> read() {
        Map<String, Header> files = new LinkedHashMap<>();
        @Nullable Header file = null;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Fixtures.path("headers.gz"))), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("@")) {
                    String name = line.substring(1);
                    file = new Header(Path.of(name + ".safetensors"), new LinkedHashMap<>(), new LinkedHashMap<>(), 0);
                    files.put(name, file);
                } else if (file != null && line.startsWith("=")) {
                    int equals = line.indexOf('=', 1);
                    file.metadata.put(line.substring(1, equals), line.substring(equals + 1));
                } else if (file != null) {
                    String[] parts = line.split(" ", 3);
                    long[] shape = parts[1].isEmpty()
                            ? new long[0]
                            : Arrays.stream(parts[1].split(",", -1))
                                    .mapToLong(Long::parseLong)
                                    .toArray();
                    file.weights.put(parts[2], new Weight(parts[2], DType.valueOf(parts[0]), shape, 0, 0));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
