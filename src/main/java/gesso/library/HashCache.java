package gesso.library;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.weights.FileHashes;
import gesso.weights.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of files, computed once: kept by path, size and time of change in {@code hashes.json}, so that a file that
 * changed is computed anew. Thread-safe.
 */
public final class HashCache {
    /** How many hexadecimal digits name a model in infotext. */
    private static final int SHORT = 10;

    private final Path store;
    private @Nullable Map<String, String> known;

    /** Kept in this folder. */
    public HashCache(Path cache) {
        store = cache.resolve("hashes.json");
    }

    /** The first 10 digits, as infotext names a model. */
    public static String shortened(String hash) {
        return hash.length() <= SHORT ? hash : hash.substring(0, SHORT);
    }

    /** The hash where it is known already: 64 hexadecimal digits. Reads nothing but the file's size and time. */
    public Optional<String> cached(Path model) {
        try {
            Path file = ModelFolder.main(model);
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return cached(file, facts.size(), facts.lastModifiedTime().toMillis());
        } catch (IOException | BadInput e) {
            return Optional.empty();
        }
    }

    Optional<String> cached(Path file, long size, long modified) {
        return Optional.ofNullable(known().get(key(file, size, modified)));
    }

    /**
     * The hash, computed if need be: a few seconds for gigabytes. A folder's is that of its UNet.
     *
     * @return 64 hexadecimal digits
     * @throws BadInput where the file cannot be read
     */
    public String of(Path model) {
        Path file = ModelFolder.main(model);
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            long modified = facts.lastModifiedTime().toMillis();
            Optional<String> cached = cached(file, facts.size(), modified);
            if (cached.isPresent()) {
                return cached.get();
            }
            String hash = FileHashes.sha256(file, new CancelToken());
            remember(key(file, facts.size(), modified), hash);
            return hash;
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is still there.".formatted(file), e);
        }
    }

    private static String key(Path file, long size, long modified) {
        return file.toAbsolutePath().normalize() + "|" + size + "|" + modified;
    }

    private synchronized Map<String, String> known() {
        if (known == null) {
            known = load();
        }
        return known;
    }

    /** Keeps a hash; another program may have added some meanwhile, and a cache that cannot be written costs time only. */
    private synchronized void remember(String key, String hash) {
        Map<String, String> all = load();
        all.putAll(known());
        // Older states of the same file are of no use any more.
        String path = key.substring(0, key.lastIndexOf('|', key.lastIndexOf('|') - 1) + 1);
        all.keySet().removeIf(k -> k.startsWith(path));
        all.put(key, hash);
        known = all;
        try {
            SafeFiles.replace(store, Json.pretty(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "Hashes were not kept.", e);
        }
    }

    private Map<String, String> load() {
        Map<String, String> read = new LinkedHashMap<>();
        try {
            Json.readObject(Files.readString(store)).forEach((key, value) -> {
                if (value instanceof String hash && hash.matches("[0-9a-f]{64}")) {
                    read.put(key, hash);
                }
            });
        } catch (IOException | BadInput e) {
            // None yet, or broken: computed anew.
        }
        return read;
    }
}
