package gesso;

import gesso.weights.DType;
import gesso.weights.SyntheticCheckpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Small checkpoints of every family's exact structure: names and shapes are those of diffusers' own classes
 * (src/test/goldens/families), the weights are computed.
 */
public final class FamilyCheckpoints {
    private final Path folder;
    private final Map<String, Map<String, long[]>> all;

    /** Writes into a folder, each model when it is first asked for. */
    public FamilyCheckpoints(Path folder) {
        this(folder, "families");
    }

    /** @param topic whose models */
    public FamilyCheckpoints(Path folder, String topic) {
        this.folder = folder;
        all = read(Path.of("src/test/resources", topic, "shapes.gz"));
    }

    /** The model's file. */
    public Path file(String model) {
        Path file = folder.resolve(model + ".safetensors");
        if (!Files.exists(file)) {
            SyntheticCheckpoint.write(file, Objects.requireNonNull(all.get(model), model), DType.F16);
        }
        return file;
    }

    /** A model's tensors. */
    public Map<String, long[]> shapes(String model) {
        return Objects.requireNonNull(all.get(model), model);
    }

    private static Map<String, Map<String, long[]>> read(Path shapes) {
        Map<String, Map<String, long[]>> all = new LinkedHashMap<>();
        Map<String, long[]> model = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(shapes)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("@")) {
                    model = new LinkedHashMap<>();
                    all.put(line.substring(1), model);
                } else {
                    int space = line.indexOf(' ');
                    long[] shape = Arrays.stream(line.substring(0, space).split(",", -1))
                            .mapToLong(Long::parseLong)
                            .toArray();
                    model.put(line.substring(space + 1), shape);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
