package gesso.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plain values by name, each as what it must be; one of another kind is an {@link InvalidRequest} that names it. */
final class ValueReader {
    private static final double EXACT = 1L << 53;

    private final Map<String, @Nullable Object> values;

    ValueReader(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    boolean isNull(String name) {
        return values.get(name) == null;
    }

    String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text in quotes");
    }

    boolean flag(String name) {
        if (values.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    double number(String name) {
        if (values.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, "a number");
    }

    @Nullable
    Double numberOrNull(String name) {
        return isNull(name) ? null : (Double) number(name);
    }

    int whole(String name) {
        long value = longWhole(name);
        if (value == (int) value) {
            return (int) value;
        }
        throw wrong(name, "a smaller whole number");
    }

    long longWhole(String name) {
        double value = number(name);
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return (long) value;
        }
        throw wrong(name, "a whole number");
    }

    <T> @Nullable T orNull(String name, Function<String, T> parse) {
        return isNull(name) ? null : parse.apply(text(name));
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(values.get(name) instanceof Map<?, ?> map)) {
            throw wrong(name, "texts by name, in braces");
        }
        map.forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw wrong(name, "texts by name, in braces");
            }
            texts.put(String.valueOf(key), text);
        });
        return texts;
    }

    private static InvalidRequest wrong(String name, String wanted) {
        return new InvalidRequest(name, "\"%s\" must be %s.".formatted(name, wanted));
    }
}
