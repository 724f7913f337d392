package gesso.pipeline;

import gesso.weights.FileHashes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What infotext says of a VAE that is not the checkpoint's own, as A1111 writes it: its file's name and short hash.
 *
 * @param name null: the checkpoint's own
 */
record VaeFacts(@Nullable String name, CompletableFuture<String> hash) {
    /** The hash is read beside the sampling. */
    static VaeFacts of(Checkpoint checkpoint, ModelHashes hashes) {
        Path file = checkpoint.otherVae();
        return file == null
                ? new VaeFacts(null, CompletableFuture.completedFuture(""))
                : new VaeFacts(String.valueOf(file.getFileName()), hashes.sha256(file));
    }

    /** These facts and the others. */
    Map<String, String> with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>();
        if (name != null) {
            all.put("VAE hash", FileHashes.shortForm(hash.join()));
            all.put("VAE", name);
        }
        all.putAll(others);
        return all;
    }
}
