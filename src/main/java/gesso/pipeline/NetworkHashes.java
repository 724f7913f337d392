package gesso.pipeline;

import gesso.request.CancelToken;
import gesso.weights.EmbeddingFile;
import gesso.weights.FileHashes;
import gesso.weights.lora.LoraFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The hashes that A1111 names networks by in a picture's parameters, each file's read once, beside the sampling. */
final class NetworkHashes {
    private static final int SHORT = 12;

    private final Map<Object, CompletableFuture<String>> known = new HashMap<>();

    /** Starts to read the file, unless it was read before. */
    void begin(LoraFile file) {
        CompletableFuture<String> unused = future(file);
    }

    private CompletableFuture<String> future(LoraFile file) {
        return known.computeIfAbsent(file.identity(), id -> CompletableFuture.supplyAsync(() -> hash(file)));
    }

    /** 12 digits. */
    String of(LoraFile file) {
        return future(file).join().substring(0, SHORT);
    }

    /** Starts to read an embedding, unless it was read before. */
    void begin(EmbeddingFile file) {
        CompletableFuture<String> unused = future(file);
    }

    private CompletableFuture<String> future(EmbeddingFile file) {
        return known.computeIfAbsent(
                file.identity(),
                id -> CompletableFuture.supplyAsync(() -> FileHashes.sha256(file.path(), new CancelToken())));
    }

    /** 12 digits. */
    String of(EmbeddingFile file) {
        return future(file).join().substring(0, SHORT);
    }

    /** What the trainer noted, else the hash of the tensors; of a file that is no safetensors, the whole file's. */
    private static String hash(LoraFile file) {
        String noted = file.metadata().getOrDefault("sshs_model_hash", "").toLowerCase(Locale.ROOT);
        if (noted.matches("[0-9a-f]{12,64}")) {
            return noted;
        }
        Path path = file.path();
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".safetensors")
                ? FileHashes.sha256OfTensors(path, new CancelToken())
                : FileHashes.sha256(path, new CancelToken());
    }
}
