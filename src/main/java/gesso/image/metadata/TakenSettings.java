package gesso.image.metadata;

import gesso.request.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pairs of an infotext being read: what is taken is gone, what is left at the end is unknown; faults become notes. */
final class TakenSettings {
    private final Map<String, String> left;
    private final List<String> notes = new ArrayList<>();

    TakenSettings(Map<String, String> settings) {
        left = new LinkedHashMap<>(settings);
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    String peek(String key) {
        return left.getOrDefault(key, "");
    }

    void put(String key, String value) {
        left.put(key, value);
    }

    /** The value, or what is given where the text does not have the key. */
    String take(String key, String otherwise) {
        String value = left.remove(key);
        return value == null ? otherwise : value.strip();
    }

    boolean takeFlag(String key) {
        return take(key, "False").equalsIgnoreCase("true");
    }

    /** A number, or what is given where there is none, or none that can be read. */
    double takeNumber(String key, double otherwise) {
        Double value = takeNumber(key);
        return value == null ? otherwise : value;
    }

    @Nullable
    Double takeNumber(String key) {
        Double[] value = {null};
        use(key, Double::valueOf, number -> value[0] = number);
        return value[0];
    }

    /** A value in the reader's own form, or what is given where there is none, or none that is known. */
    <T> T take(String key, Function<String, T> read, T otherwise) {
        return take(key, read).orElse(otherwise);
    }

    <T> Optional<T> take(String key, Function<String, T> read) {
        List<T> value = new ArrayList<>(1);
        use(key, read, value::add);
        return value.stream().findFirst();
    }

    /** Reads and uses a value where the text has it; a value that does not fit becomes a note, and nothing else changes. */
    <T> void use(String key, Function<String, T> read, Consumer<T> use) {
        String value = take(key, "");
        if (!value.isEmpty()) {
            attempt(key, value, () -> use.accept(read.apply(value)));
        }
    }

    void attempt(String key, String value, Runnable use) {
        try {
            use.run();
        } catch (NumberFormatException e) {
            note("%s is \"%s\", which is no number, and was left out.".formatted(key, value));
        } catch (InvalidRequest e) {
            note("%s was left out: %s".formatted(key, e.sentence()));
        }
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    List<String> notes() {
        return notes;
    }

    Map<String, String> left() {
        return left;
    }
}
