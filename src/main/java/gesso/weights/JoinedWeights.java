package gesso.weights;

import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tensors of other files under other names, seen as one file. Each stays where it lies; only one that is put together from
 * several, or that lies the other way round, is made when it is read.
 */
public final class JoinedWeights implements WeightFile {
    private final Path path;
    private final String name;
    private final Form form;
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    /**
     * Nothing yet.
     *
     * @param path the file or folder that an artist knows it by
     * @param name see {@link #name}
     */
    JoinedWeights(Path path, String name, Form form) {
        this.path = path;
        this.name = name;
        this.form = form;
    }

    /** The tensors that one is made of, below one another; {@code transposed}: its rows are their columns. */
    private record Source(WeightFile file, List<Weight> parts, boolean transposed) {}

    /** A tensor as it is, under another name. */
    void add(String key, WeightFile file, Weight weight) {
        Weight renamed = new Weight(key, weight.type(), weight.shape(), weight.offset(), weight.length());
        put(renamed, new Source(file, List.of(weight), false));
    }

    /** A matrix whose rows are the other one's columns. */
    void addTransposed(String key, WeightFile file, Weight matrix) {
        long[] shape = {matrix.shape()[1], matrix.shape()[0]};
        put(new Weight(key, matrix.type(), shape, -1, matrix.length()), new Source(file, List.of(matrix), true));
    }

    /** Tensors of the same shape below one another, as one. */
    void addStacked(String key, WeightFile file, List<Weight> parts) {
        Weight first = parts.get(0);
        long[] shape = first.shape().clone();
        shape[0] *= parts.size();
        long length = parts.stream().mapToLong(Weight::length).sum();
        put(new Weight(key, first.type(), shape, -1, length), new Source(file, parts, false));
    }

    /** Every tensor of a file as it is. */
    void addAll(WeightFile file) {
        file.weights().forEach((key, weight) -> add(key, file, weight));
    }

    void note(String key, String value) {
        metadata.put(key, value);
    }

    private void put(Weight weight, Source source) {
        if (weights.put(weight.name(), weight) != null) {
            throw new BadInput(
                    "%s holds the tensor %s twice; get it again.".formatted(name, Faults.quoted(weight.name())));
        }
        sources.put(weight.name(), source);
    }

    /** A checkpoint with the tensors of others in the place of what it lacks: a VAE, a text encoder. */
    public static WeightFile of(WeightFile checkpoint, List<WeightFile> others) {
        JoinedWeights all = new JoinedWeights(checkpoint.path(), checkpoint.name(), checkpoint.form());
        all.addAll(checkpoint);
        others.forEach(all::addAll);
        all.metadata.putAll(checkpoint.metadata());
        return all;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Path path(Weight weight) {
        Source source = source(weight);
        return source.file.path(source.parts.get(0));
    }

    @Override
    public List<Path> files() {
        return sources.values().stream()
                .map(s -> s.file)
                .distinct()
                .flatMap(f -> f.files().stream())
                .distinct()
                .toList();
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Weight> weights() {
        return Collections.unmodifiableMap(weights);
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        Source source = source(weight);
        if (!source.transposed) {
            source.parts.forEach(part -> source.file.read(part, out));
            return;
        }
        Weight part = source.parts.get(0);
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(part.elements()));
        source.file.read(part, values);
        int rows = (int) part.shape()[0];
        int columns = (int) part.shape()[1];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                out.put(values.get(r * columns + c));
            }
        }
    }

    private Source source(Weight weight) {
        return Objects.requireNonNull(sources.get(weight.name()), weight.name());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
