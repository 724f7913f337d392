package gesso.image.metadata;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pairs of an infotext being written: they come out in A1111's order, whatever order they are put in. */
final class InfotextSettings {
    /** The keys that have a place of their own; everything else follows in the order in which it comes. */
    private static final List<String> FIRST = List.of(
            "Steps",
            "Sampler",
            "Schedule type",
            "CFG scale",
            "Image CFG scale",
            "Seed",
            "Face restoration",
            "Size",
            "Model hash",
            "Model",
            "FP8 weight",
            "Cache FP16 weight for LoRA",
            "VAE hash",
            "VAE",
            "Variation seed",
            "Variation seed strength",
            "Seed resize from",
            "Denoising strength",
            "Conditional mask weight",
            "Clip skip",
            "ENSD",
            "Token merging ratio",
            "Token merging ratio hr",
            "Init image hash",
            "RNG",
            "Tiling");

    private final Map<String, @Nullable String> values = new LinkedHashMap<>();

    InfotextSettings() {
        FIRST.forEach(key -> values.put(key, null));
    }

    Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                written.put(key, value);
            }
        });
        return written;
    }

    void putIfAbsent(String key, String value) {
        values.putIfAbsent(key, value);
    }

    void putLast(String key, String value) {
        values.remove(key);
        values.put(key, value);
    }

    void put(String key, String value) {
        values.put(key, value);
    }

    void put(String key, long value) {
        values.put(key, Long.toString(value));
    }

    void put(String key, double value) {
        values.put(key, number(value));
    }

    void putIfSet(String key, @Nullable Double value) {
        if (value != null) {
            put(key, value);
        }
    }

    void putUnless(String key, double value, double usual) {
        if (value != usual) {
            put(key, value);
        }
    }

    void putUnless(String key, String value, String usual) {
        if (!value.isEmpty() && !value.equals(usual)) {
            put(key, value);
        }
    }

    /** A number as the controls of A1111's window give it: {@code 7}, {@code 7.5}. */
    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : BigDecimal.valueOf(value).toPlainString();
    }
}
