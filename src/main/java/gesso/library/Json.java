package gesso.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gesso.request.BadInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text for everyone: maps, lists, records, strings, numbers, booleans and null in, the same (records as maps) out. Whole
 * numbers come out as Integer, Long or BigInteger, others as Double; objects keep their order.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private Json() {}

    /** On one line. */
    public static String line(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON can say this value.", e);
        }
    }

    /** On many lines, for people. */
    public static String pretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON can say this value.", e);
        }
    }

    /**
     * A text's value.
     *
     * @return a Map, List, String, Number or Boolean; null for JSON's null
     * @throws BadInput where the text is no JSON
     */
    public static @Nullable Object read(String text) {
        return MAPPER.convertValue(tree(text), Object.class);
    }

    /**
     * An object's members, in their order.
     *
     * @throws BadInput where the text is no JSON object
     */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(String text) {
        if (read(text) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new BadInput("A JSON object, {…}, is expected, not \"%s\".".formatted(start(text)));
    }

    /**
     * A text's tree, for the library's own readers.
     *
     * @throws BadInput where the text is no JSON
     */
    public static JsonNode tree(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value.isMissingNode()) {
                throw new BadInput("JSON is expected, and there is nothing.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new BadInput(
                    "This is no JSON (%s): \"%s\"."
                            .formatted(
                                    e.getOriginalMessage().lines().findFirst().orElse(""), start(text)),
                    e);
        }
    }

    private static String start(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
