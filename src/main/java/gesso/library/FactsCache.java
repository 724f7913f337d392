package gesso.library;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What model files are, looked up once: kept by path, size and time of change in {@code models.json}, so that a file that
 * changed is looked at anew. Thread-safe.
 */
public final class FactsCache {
    /** Rises where what is kept would be told otherwise by a newer Gesso. */
    private static final String VERSION = "1";

    private final Path store;
    private final Map<String, ModelFacts> known = new ConcurrentHashMap<>();
    private boolean changed;

    /** Kept in this folder. */
    public FactsCache(Path cache) {
        store = cache.resolve("models.json");
        try {
            Map<String, ?> read = Json.readObject(Files.readString(store));
            if (VERSION.equals(read.get("version")) && read.get("models") instanceof Map<?, ?> models) {
                models.forEach((key, value) -> {
                    if (value instanceof Map<?, ?> map) {
                        ModelFacts.ofMap(map).ifPresent(facts -> known.put(String.valueOf(key), facts));
                    }
                });
            }
        } catch (IOException | BadInput e) {
            // None yet, or broken: looked up anew.
        }
    }

    /** What is known of it already; reads nothing. */
    Optional<ModelFacts> cached(InstalledModel model, long modified) {
        return Optional.ofNullable(known.get(key(model, modified)));
    }

    /** What it is; the file's header is read where that is not known. */
    ModelFacts of(InstalledModel model, long modified, Shelf place) {
        String key = key(model, modified);
        ModelFacts before = known.get(key);
        if (before != null) {
            return before;
        }
        ModelFacts facts = ModelFacts.look(model.path(), place);
        // A file that may be on its way, or out of reach for now, is looked at again.
        if (!facts.incomplete() && (facts.trouble().isEmpty() || facts.shelf() == Shelf.CHECKPOINT)) {
            known.put(key, facts);
            synchronized (this) {
                changed = true;
            }
        }
        return facts;
    }

    /** Keeps what was found; a cache that cannot be written costs time only. */
    synchronized void save() {
        if (!changed) {
            return;
        }
        changed = false;
        Map<String, Object> models = new TreeMap<>();
        known.forEach((key, facts) -> models.put(key, facts.toMap()));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("models", models);
        try {
            SafeFiles.replace(store, Json.line(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "What models are was not kept.", e);
        }
    }

    private static String key(InstalledModel model, long modified) {
        return model.path() + "|" + model.size() + "|" + modified;
    }
}
