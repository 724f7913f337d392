package gesso.library;

import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Favourites and notes, in Gesso's own folder: {@code model-marks.json}. A model is known by its file's name and size, so that
 * it keeps them wherever it is moved to. Thread-safe.
 */
public final class ModelMarks {
    private static final Mark NONE = new Mark(false, "");

    private final Path store;
    private final Map<String, Mark> marks = new TreeMap<>();
    private boolean unreadable;

    /** What the artist keeps of one model. */
    public record Mark(boolean favourite, String note) {}

    /** Kept in this folder. A broken file is kept aside when a mark is next set. */
    public ModelMarks(Path folder) {
        store = folder.resolve("model-marks.json");
        try {
            Json.readObject(Files.readString(store)).forEach((key, value) -> {
                if (value instanceof Map<?, ?> map) {
                    Object note = map.get("note");
                    marks.put(
                            key,
                            new Mark(Boolean.TRUE.equals(map.get("favourite")), note instanceof String s ? s : ""));
                }
            });
        } catch (NoSuchFileException e) {
            // None yet.
        } catch (IOException | BadInput e) {
            unreadable = true;
        }
    }

    synchronized Mark of(InstalledModel model) {
        return marks.getOrDefault(key(model), NONE);
    }

    /** Marks a model. @throws GessoException where it cannot be kept */
    public synchronized void set(InstalledModel model, Mark mark) {
        if (mark.equals(NONE)) {
            marks.remove(key(model));
        } else {
            marks.put(key(model), mark);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        marks.forEach((key, m) -> all.put(key, Map.of("favourite", m.favourite(), "note", m.note())));
        try {
            if (unreadable) {
                Files.copy(
                        store,
                        store.resolveSibling("model-marks.broken.json"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                unreadable = false;
            }
            SafeFiles.replace(store, Json.pretty(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new GessoException(
                    "The favourites and notes could not be kept in %s: %s.".formatted(store, SafeFiles.why(e)), e);
        }
    }

    private static String key(InstalledModel model) {
        return model.path().getFileName() + "|" + model.size();
    }
}
