package gesso.weights;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** One network of diffusers alone, a VAE or a ControlNet: a folder with its settings and its weights, whole or in shards. */
final class ComponentFolder {
    private ComponentFolder() {}

    /** Whether the folder looks like one. Reads no file. */
    static boolean is(Path folder) {
        Path root = HuggingFaceCache.snapshot(folder);
        if (!Files.isRegularFile(root.resolve("config.json"))) {
            return false;
        }
        try (Stream<Path> files = Files.list(root)) {
            return files.map(Faults::name).anyMatch(ComponentFolder::isWeights);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isWeights(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.startsWith("diffusion_pytorch_model.") && (name.endsWith(".safetensors") || name.endsWith(".bin"));
    }

    /** @throws BadInput where its weights are broken */
    static WeightFile open(Path folder) {
        WeightFile weights = DiffusersParts.translated(weights(HuggingFaceCache.snapshot(folder)));
        JoinedWeights named = new JoinedWeights(weights.path(), HuggingFaceCache.name(folder), Form.DIFFUSERS_FOLDER);
        named.addAll(weights);
        weights.metadata().forEach(named::note);
        return named;
    }

    /** @param root that holds the weights themselves */
    static WeightFile weights(Path root) {
        return DiffusersFolder.network(root)
                .orElseThrow(() -> new BadInput(
                        "The folder %s holds no weights (diffusion_pytorch_model.safetensors): download them again."
                                .formatted(Faults.name(root))));
    }
}
