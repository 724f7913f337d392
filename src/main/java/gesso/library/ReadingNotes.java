package gesso.library;

import gesso.image.control.LearnedPreprocessor.Reading;
import gesso.request.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a preprocessor's network is asked and understood, where that is written beside its file: for {@code depth.onnx} in
 * {@code depth.json}, an object of which every member may be missing. {@code white}: 1 or 255, {@code mean} and {@code std}:
 * a number or three, in parts of white; {@code bgr}: true or false; {@code multiple}: of what the sides are multiples;
 * {@code range}: {@code "minmax"} or two numbers, black and white; {@code invert}: true or false; {@code output}: its name.
 */
final class ReadingNotes {
    private static final int MOST_BYTES = 1 << 16;

    private final String file;
    private final Map<String, @Nullable Object> notes;

    private ReadingNotes(String file, Map<String, @Nullable Object> notes) {
        this.file = file;
        this.notes = notes;
    }

    /**
     * The usual reading, changed by the notes.
     *
     * @throws BadInput where the notes cannot be understood
     */
    static Reading beside(Path network, Reading usual) {
        String stem = ModelScan.stem(String.valueOf(network.getFileName()));
        Path path = network.resolveSibling(stem + ".json");
        if (!Files.isRegularFile(path)) {
            return usual;
        }
        String file = String.valueOf(path.getFileName());
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new BadInput("%s is too large for notes on a preprocessor.".formatted(path));
            }
            return new ReadingNotes(file, Json.readObject(Files.readString(path, StandardCharsets.UTF_8)))
                    .reading(usual);
        } catch (IOException e) {
            throw new BadInput("%s, the notes on a preprocessor, cannot be read.".formatted(path), e);
        }
    }

    private Reading reading(Reading usual) {
        return new Reading(
                number("white", usual.white(), 1, 255),
                colours("mean", usual.mean(), -1000),
                colours("std", usual.deviation(), 1e-6),
                flag("bgr", usual.bgr()),
                (int) number("multiple", usual.multiple(), 1, 512),
                range(usual.range()),
                flag("invert", usual.invert()),
                notes.get("output") instanceof String name ? name : usual.output(),
                usual.last());
    }

    private double number(String key, double usual, double least, double most) {
        Object value = notes.get(key);
        if (value == null) {
            return usual;
        }
        if (value instanceof Number n && n.doubleValue() >= least && n.doubleValue() <= most) {
            return n.doubleValue();
        }
        throw wrong(key, "a number from %s to %s".formatted(plain(least), plain(most)));
    }

    private List<Double> colours(String key, List<Double> usual, double least) {
        Object value = notes.get(key);
        if (value == null) {
            return usual;
        }
        List<?> given = value instanceof List<?> list ? list : Collections.nCopies(3, value);
        List<Double> numbers = numbers(given);
        if (numbers.size() == 1) {
            numbers = Collections.nCopies(3, numbers.get(0));
        }
        if (numbers.size() != 3 || numbers.stream().anyMatch(n -> !(n >= least))) {
            throw wrong(key, "a number, or three");
        }
        return numbers;
    }

    private boolean flag(String key, boolean usual) {
        Object value = notes.get(key);
        if (value == null || value instanceof Boolean) {
            return value == null ? usual : (Boolean) value;
        }
        throw wrong(key, "true or false");
    }

    private @Nullable List<Double> range(@Nullable List<Double> usual) {
        Object value = notes.get("range");
        if (value == null) {
            return usual;
        }
        if ("minmax".equals(value)) {
            return null;
        }
        List<Double> numbers = value instanceof List<?> list ? numbers(list) : List.of();
        if (numbers.size() != 2 || !(numbers.get(0) < numbers.get(1))) {
            throw wrong("range", "\"minmax\", or two numbers, the smaller first");
        }
        return numbers;
    }

    private static List<Double> numbers(List<?> values) {
        List<Double> numbers = new ArrayList<>();
        for (Object value : values) {
            numbers.add(value instanceof Number n ? n.doubleValue() : Double.NaN);
        }
        return numbers;
    }

    private BadInput wrong(String key, String wanted) {
        return new BadInput("In %s, the notes on a preprocessor, \"%s\" must be %s.".formatted(file, key, wanted));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
