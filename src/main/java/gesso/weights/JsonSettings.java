package gesso.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small JSON file of settings, as diffusers writes beside its weights. */
final class JsonSettings {
    private static final int LARGEST = 1 << 20;

    private JsonSettings() {}

    /**
     * Each name with its value as it is written; empty where there is no such file.
     *
     * @throws gesso.request.BadInput where it is no JSON, or far too large
     */
    static Map<String, String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        FileBytes bytes = new FileBytes(file);
        if (bytes.size() > LARGEST) {
            throw Faults.broken(file, "it is far too large for a file of settings");
        }
        Map<String, String> values = new LinkedHashMap<>();
        try {
            JsonCursor json = new JsonCursor(bytes.read(0, (int) bytes.size()));
            json.object(name -> values.put(name, json.text()));
            json.end();
        } catch (Malformed e) {
            throw Faults.broken(file, e.fault());
        }
        return values;
    }
}
