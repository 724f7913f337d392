package gesso.weights;

import gesso.request.BadInput;
import java.io.File;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A textual inversion (Gal et al. 2022): vectors that stand for tokens. Its forms: A1111's table {@code string_to_param},
 * {@code emb_params} of safetensors, diffusers' one tensor under its token's name, and SDXL's pair {@code clip_l}, {@code clip_g}.
 */
public final class EmbeddingFile {
    private static final String FIRST = "clip_l";
    private static final String SECOND = "clip_g";
    private static final String TABLE = "string_to_param";
    private static final String BUNDLE = "bundle_emb";
    private static final int MOST_VALUES = 1 << 22;

    private final WeightFile file;
    private final List<Weight> tensors;

    private EmbeddingFile(WeightFile file, List<Weight> tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * Opens it; its vectors are read when they are asked for.
     *
     * @throws BadInput where it is none, or holds several
     */
    public static EmbeddingFile open(Path path) {
        return of(WeightFiles.open(path));
    }

    /** The one in an open file. @throws BadInput where there is none, or several */
    public static EmbeddingFile of(WeightFile file) {
        return of(file, file.weights());
    }

    private static EmbeddingFile of(WeightFile file, Map<String, Weight> all) {
        List<Weight> tensors = new ArrayList<>();
        if (all.containsKey(FIRST) && all.containsKey(SECOND)) {
            tensors.add(all.get(FIRST));
            tensors.add(all.get(SECOND));
        } else {
            boolean table = all.keySet().stream().anyMatch(name -> name.startsWith(TABLE));
            all.entrySet().stream()
                    .filter(e -> !table || e.getKey().startsWith(TABLE))
                    .map(Map.Entry::getValue)
                    .filter(w -> w.type().isFloat())
                    .forEach(tensors::add);
            if (tensors.size() != 1) {
                throw unusable(file, "holds " + tensors.size() + " embeddings instead of one");
            }
        }
        for (Weight w : tensors) {
            int rank = w.shape().length;
            if (rank < 1 || rank > 2 || w.elements() == 0 || w.elements() > MOST_VALUES) {
                throw unusable(file, "holds no list of vectors");
            }
        }
        if (tensors.size() == 2 && rows(tensors.get(0)) != rows(tensors.get(1))) {
            throw unusable(file, "has not as many vectors for one text encoder as for the other");
        }
        return new EmbeddingFile(file, tensors);
    }

    /** Those that a network brings along: {@code bundle_emb.NAME.…} (A1111), by their names. @throws BadInput where one is broken */
    public static Map<String, EmbeddingFile> bundled(WeightFile network) {
        Map<String, Map<String, Weight>> parts = new LinkedHashMap<>();
        for (Weight weight : network.weights().values()) {
            String[] key = weight.name().split("\\.", 3);
            if (key.length == 3 && key[0].equals(BUNDLE)) {
                parts.computeIfAbsent(key[1], name -> new LinkedHashMap<>()).put(key[2], weight);
            }
        }
        Map<String, EmbeddingFile> all = new LinkedHashMap<>();
        parts.forEach((name, tensors) -> all.put(name, of(network, tensors)));
        return all;
    }

    private static BadInput unusable(WeightFile file, String because) {
        return new BadInput(
                "%s is no embedding that Gesso can use: it %s.".formatted(Faults.name(file.path()), because));
    }

    private static int rows(Weight w) {
        return w.shape().length == 1 ? 1 : (int) w.shape()[0];
    }

    private static int width(Weight w) {
        return (int) w.shape()[w.shape().length - 1];
    }

    public Path path() {
        return file.path();
    }

    /** How many tokens it takes. */
    public int vectors() {
        return rows(tensors.get(0));
    }

    /** The widths of the text encoders that it is for: one of them, or SDXL's two. */
    public List<Integer> widths() {
        return tensors.stream().map(EmbeddingFile::width).toList();
    }

    /**
     * The vectors for one of the text encoders, from 0.
     *
     * @return {@link #vectors} of {@link #widths}[encoder] numbers each
     */
    public float[][] read(int encoder) {
        Weight tensor = tensors.get(encoder);
        FloatBuffer values = FloatBuffer.allocate((int) tensor.elements());
        file.read(tensor, values);
        float[][] vectors = new float[vectors()][width(tensor)];
        for (int i = 0; i < vectors.length; i++) {
            values.get(i * vectors[i].length, vectors[i]);
        }
        return vectors;
    }

    /** What says that two are the same bytes: the file, its size and its date, and the tensors in it. */
    public Object identity() {
        File f = file.path().toFile();
        return List.of(
                f.getPath(),
                f.length(),
                f.lastModified(),
                tensors.stream().map(Weight::name).toList());
    }
}
