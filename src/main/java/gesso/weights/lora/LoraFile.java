package gesso.weights.lora;

import gesso.request.BadInput;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        parts.forEach((layer, tensors) -> layers.put(layer, new LayerTensors(file, layer, tensors)));
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

    Map<String, LayerTensors> layers() {
        return layers;
    }

    /** What says that two are the same bytes: the file, its size and its date. */
    Object identity() {
        File f = file.path().toFile();
        return List.of(f.getPath(), f.length(), f.lastModified());
    }
}
