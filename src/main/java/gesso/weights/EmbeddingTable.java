package gesso.weights;

import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A textual inversion as JSON, which is how pictures hold it: A1111's table {@code string_to_param}, or a concept of diffusers; a
 * tensor is an object with the one member {@code TORCHTENSOR}, a list of lists of numbers.
 */
public final class EmbeddingTable implements WeightFile {
    private static final String TENSOR = "TORCHTENSOR";
    private static final String PARAMETERS = "string_to_param";

    private final Path path;
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    private EmbeddingTable(Path path) {
        this.path = path;
    }

    /** What a picture holds. @throws BadInput where that is nothing, or no such table */
    public static EmbeddingTable of(Path picture, Optional<byte[]> json) {
        return parse(
                picture,
                json.orElseThrow(() ->
                        new BadInput("%s is a picture that holds no embedding.".formatted(Faults.name(picture)))));
    }

    /**
     * Reads all of it.
     *
     * @param path the picture that holds it
     * @param json in UTF-8
     * @throws BadInput where that is no such table
     */
    public static EmbeddingTable parse(Path path, byte[] json) {
        EmbeddingTable table = new EmbeddingTable(path);
        try {
            JsonCursor cursor = new JsonCursor(json);
            cursor.object(name -> table.member(cursor, name));
            cursor.end();
        } catch (Malformed e) {
            throw Faults.broken(path, e.fault());
        }
        return table;
    }

    private void member(JsonCursor cursor, String name) throws Malformed {
        if (cursor.isObject()) {
            cursor.object(inner -> {
                if (inner.equals(TENSOR)) {
                    add(name, cursor.text());
                } else if (name.equals(PARAMETERS)) {
                    cursor.object(tensor -> {
                        if (tensor.equals(TENSOR)) {
                            add(PARAMETERS + "." + inner, cursor.text());
                        } else {
                            cursor.skip();
                        }
                    });
                } else {
                    cursor.skip();
                }
            });
        } else {
            notes.put(name, cursor.text());
        }
    }

    /** @param list JSON of one list of numbers, or of several of the same length */
    private void add(String name, String list) throws Malformed {
        String inner = list.substring(Math.min(1, list.length()), Math.max(1, list.length() - 1))
                .strip();
        boolean several = inner.startsWith("[") && inner.endsWith("]");
        String[] rows =
                several ? inner.substring(1, inner.length() - 1).split("\\]\\s*,\\s*\\[", -1) : new String[] {inner};
        int width = rows[0].split(",", -1).length;
        float[] all = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            String[] numbers = rows[i].split(",", -1);
            if (numbers.length != width) {
                throw new Malformed("its vectors are not equally long");
            }
            for (int j = 0; j < width; j++) {
                all[i * width + j] = number(numbers[j]);
            }
        }
        long[] shape = several ? new long[] {rows.length, width} : new long[] {width};
        weights.put(name, new Weight(name, DType.F32, shape, -1, 4L * all.length));
        values.put(name, all);
    }

    private static float number(String text) throws Malformed {
        try {
            return Float.parseFloat(text.strip());
        } catch (NumberFormatException e) {
            throw new Malformed("there is no number where its vectors are");
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, Weight> weights() {
        return Collections.unmodifiableMap(weights);
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(notes);
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        out.put(Objects.requireNonNull(values.get(weight.name())));
    }
}
