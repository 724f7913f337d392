package gesso.weights;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Networks that are ONNX files already, a folder for each, as optimum, diffusers and Amuse write them. It has no tensors that
 * anybody could change: its networks are used as they are.
 */
final class OnnxFolder implements WeightFile {
    private final Path root;
    private final String name;
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private OnnxFolder(Path root, String name) {
        this.root = root;
        this.name = name;
    }

    /** Whether the folder looks like one. Reads no file. */
    static boolean is(Path folder) {
        return Files.isRegularFile(unet(HuggingFaceCache.snapshot(folder)));
    }

    static Path unet(Path root) {
        return root.resolve("unet/model.onnx");
    }

    /** @throws gesso.request.BadInput where one of its settings is broken */
    static OnnxFolder open(Path folder) {
        Path root = HuggingFaceCache.snapshot(folder);
        OnnxFolder opened = new OnnxFolder(root.toAbsolutePath().normalize(), HuggingFaceCache.name(folder));
        DiffusersFolder.note(opened.metadata::put, root);
        return opened;
    }

    @Override
    public Optional<Path> network(String folder) {
        return Optional.of(root.resolve(folder).resolve("model.onnx")).filter(Files::isRegularFile);
    }

    /** A setting of one of the networks, a whole number; 0 where it is not said. */
    int setting(String folder, String key) {
        String value =
                JsonSettings.read(root.resolve(folder).resolve("config.json")).getOrDefault(key, "");
        return value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
    }

    /** Whether the text encoder is OpenCLIP, by its activation. */
    boolean isOpenClip() {
        return JsonSettings.read(root.resolve("text_encoder/config.json"))
                .getOrDefault("hidden_act", "")
                .equals("gelu");
    }

    @Override
    public Path path() {
        return root;
    }

    @Override
    public List<Path> files() {
        try (Stream<Path> all = Files.walk(root, 2)) {
            return all.filter(f -> Files.isRegularFile(f) && !Faults.name(f).endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Faults.unreadable(root, e);
        }
    }

    @Override
    public Form form() {
        return Form.ONNX_FOLDER;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Weight> weights() {
        return Map.of();
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        throw new IllegalArgumentException(weight.name());
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
