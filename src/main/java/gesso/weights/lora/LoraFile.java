package gesso.weights.lora;

import gesso.request.BadInput;
import gesso.weights.AdapterNotes;
import gesso.weights.EmbeddingFile;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A file of a network: its changes, by the names of the layers that they are for. */
public final class LoraFile {
    private final WeightFile file;
    private final ModelInfo info;
    private final Map<String, LayerTensors> layers = new LinkedHashMap<>();

    private LoraFile(WeightFile file, ModelInfo info) {
        this.file = file;
        this.info = info;
        Map<String, Map<String, Weight>> parts = new LinkedHashMap<>();
        for (Weight weight : file.weights().values()) {
            LoraKey key = LoraKey.parse(weight.name());
            if (key != null) {
                parts.computeIfAbsent(key.layer(), layer -> new LinkedHashMap<>())
                        .put(key.part(), weight);
            }
        }
        AdapterNotes notes = AdapterNotes.of(file);
        parts.forEach((layer, tensors) -> layers.put(layer, new LayerTensors(file, notes, layer, tensors)));
    }

    /**
     * Opens it; values are read when they are laid over a model.
     *
     * @throws BadInput where it is no such file
     */
    public static LoraFile open(Path path) {
        WeightFile file = WeightFiles.open(path);
        ModelInfo info = ModelInfo.of(file);
        if (info.kind() != ModelKind.LORA) {
            throw new BadInput("%s is no LoRA, but: %s."
                    .formatted(path.getFileName(), info.kind().label()));
        }
        return new LoraFile(file, info);
    }

    public Path path() {
        return file.path();
    }

    /** What it was made for. */
    public ModelInfo info() {
        return info;
    }

    /** The rank that most of its layers have; empty where its form has none. */
    public OptionalInt rank() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (LayerTensors tensors : layers.values()) {
            String part = LayerTensors.first(tensors.byPart(), "down", "hada_w1_b", "lokr_w2_b", "lokr_w1_b");
            if (part != null) {
                counts.merge(tensors.dim(part, 0), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(e -> OptionalInt.of(e.getKey()))
                .orElse(OptionalInt.empty());
    }

    /** The alpha of its first layer that has one. */
    public OptionalDouble alpha() {
        return layers.values().stream()
                .filter(tensors -> tensors.has("alpha"))
                .mapToDouble(tensors -> tensors.number("alpha", 0))
                .findFirst();
    }

    /** The trainer's notes. */
    public Map<String, String> metadata() {
        return file.metadata();
    }

    /** The textual inversions that it brings along, by their names. @throws BadInput where one is broken */
    public Map<String, EmbeddingFile> embeddings() {
        return EmbeddingFile.bundled(file);
    }

    Map<String, LayerTensors> layers() {
        return layers;
    }

    /** What says that two are the same bytes: the file, its size and its date. */
    public Object identity() {
        File f = file.path().toFile();
        return List.of(f.getPath(), f.length(), f.lastModified());
    }
}
