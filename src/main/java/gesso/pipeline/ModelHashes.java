package gesso.pipeline;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Where a model's hash comes from: a cache, or the file itself, read on another thread. */
@FunctionalInterface
public interface ModelHashes {
    /** The file's SHA-256 in hexadecimal. */
    CompletableFuture<String> sha256(Path file);
}
