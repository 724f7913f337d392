package gesso.sampling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the lines of numbers that src/test/goldens/sampling makes. */
final class Goldens {
    private final Map<String, String> lines = new LinkedHashMap<>();

    private Goldens(String text) {
        for (String line : text.split("\n", -1)) {
            int bar = line.indexOf(" | ");
            if (bar > 0) {
                lines.put(line.substring(0, bar), line.substring(bar + 3));
            }
        }
    }

    static Goldens read(String name) {
        try (InputStream in = Objects.requireNonNull(Goldens.class.getResourceAsStream("/sampling/" + name), name)) {
            return new Goldens(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys that begin so, without that beginning; at least one. */
    List<String> keys(String prefix) {
        List<String> keys = lines.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalStateException("no golden " + prefix);
        }
        return keys;
    }

    float[] floats(String key) {
        double[] values = doubles(key);
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    double[] doubles(String key) {
        return Arrays.stream(words(key)).mapToDouble(Double::parseDouble).toArray();
    }

    long[] longs(String key) {
        return Arrays.stream(words(key)).mapToLong(Long::parseLong).toArray();
    }

    private String[] words(String key) {
        return Objects.requireNonNull(lines.get(key), key).split(" ", -1);
    }
}
