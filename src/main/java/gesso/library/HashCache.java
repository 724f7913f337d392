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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of files, computed once: kept by path, size and time of change in {@code hashes.json}, so that a file that
 * changed is computed anew. Thread-safe.
 */
public final class HashCache {
    /** How many hexadecimal digits name a model in infotext. */
    private static final int SHORT = 10;

    private static final long KEEP_NANOS = 5_000_000_000L;

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
            remember(Map.of(key(file, facts.size(), modified), hash));
            return hash;
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is still there.".formatted(file), e);
        }
    }

    /**
     * Computes what is not known yet of many, one after another, and keeps it now and then; what cannot be read is left out.
     *
     * @param each is told of every model whose hash was computed
     * @throws gesso.request.Cancelled where {@code token} says so; what was computed until then is kept
     */
    public void compute(List<Path> models, BiConsumer<Path, String> each, CancelToken token) {
        Map<String, String> fresh = new LinkedHashMap<>();
        long kept = System.nanoTime();
        try {
            for (Path model : models) {
                token.check();
                if (cached(model).isPresent()) {
                    continue;
                }
                try {
                    Path file = ModelFolder.main(model);
                    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
                    String hash = FileHashes.sha256(file, token);
                    fresh.put(key(file, facts.size(), facts.lastModifiedTime().toMillis()), hash);
                    each.accept(model, hash);
                } catch (IOException | BadInput e) {
                    continue; // gone meanwhile, or not to be read
                }
                if (System.nanoTime() - kept > KEEP_NANOS) {
                    remember(fresh);
                    fresh.clear();
                    kept = System.nanoTime();
                }
            }
        } finally {
            if (!fresh.isEmpty()) {
                remember(fresh);
            }
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

    /** Keeps hashes; another program may have added some meanwhile, and a cache that cannot be written costs time only. */
    private synchronized void remember(Map<String, String> fresh) {
        Map<String, String> all = load();
        all.putAll(known());
        // Older states of the same file are of no use any more.
        Set<String> paths = new HashSet<>();
        fresh.keySet().forEach(key -> paths.add(path(key)));
        all.keySet().removeIf(key -> paths.contains(path(key)));
        all.putAll(fresh);
        known = all;
        try {
            SafeFiles.replace(store, Json.pretty(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "Hashes were not kept.", e);
        }
    }

    private static String path(String key) {
        int time = key.lastIndexOf('|');
        return time <= 0 ? key : key.substring(0, key.lastIndexOf('|', time - 1) + 1);
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
