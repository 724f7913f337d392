package gesso.library.preset;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import gesso.request.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema, the program and the presets that ship say the same. */
class PresetSchemaTest {
    private static final Path SCHEMA = Path.of("docs/preset.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode schemaTree() throws IOException {
        return JSON.readTree(Files.readString(SCHEMA));
    }

    private static JsonNode settings() throws IOException {
        return schemaTree().at("/properties/settings/properties");
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
    }

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("presets"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatShipsIsAsTheSchemaSays(Path file) throws IOException {
        assertEquals(Set.of(), schema().validate(JSON.readTree(Files.readString(file))));
        Preset preset = Presets.readFile(file);
        assertTrue(
                PresetValues.defaults().keySet().containsAll(preset.settings().keySet()), "a setting is not known");
        for (Map<String, String> words : List.of(preset.names(), preset.descriptions())) {
            assertEquals(Set.of("en", "zh"), words.keySet());
        }
        assertEquals(JSON.readTree(Files.readString(file)), JSON.readTree(PresetText.write(preset)));
    }

    @Test
    void enoughShip() throws IOException {
        assertTrue(shipped().size() >= 20);
        Set<String> names = new HashSet<>();
        for (Path file : shipped()) {
            assertTrue(names.add(Presets.readFile(file).name("zh")));
        }
    }

    @Test
    void theSchemaHasEverySetting() throws IOException {
        Set<String> described = new HashSet<>();
        settings().fieldNames().forEachRemaining(described::add);
        assertEquals(PresetValues.defaults().keySet(), described);
    }

    @Test
    void theProgramsOwnValuesFitTheSchema() throws IOException {
        String json = PresetText.write(Preset.of("all", PresetValues.defaults()));
        assertEquals(Set.of(), schema().validate(JSON.readTree(json)));
    }

    static List<String> numbers() throws IOException {
        List<String> numbers = new ArrayList<>();
        settings().properties().forEach(field -> {
            if (field.getValue().has("minimum")) {
                numbers.add(field.getKey());
            }
        });
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void theRangesAreTheProgramsOwn(String name) throws IOException {
        double low = settings().path(name).path("minimum").asDouble();
        double high = settings().path(name).path("maximum").asDouble();
        boolean whole = settings().path(name).path("type").asText().equals("integer");
        double beyond = whole ? 1 : 1e-9 + Math.abs(high) * 1e-9;
        assertDoesNotThrow(() -> check(name, low));
        assertDoesNotThrow(() -> check(name, high));
        for (double value : new double[] {low - beyond, high + beyond}) {
            assertEquals(
                    name,
                    assertThrows(InvalidRequest.class, () -> check(name, value)).field());
        }
    }

    private static void check(String name, double value) {
        PresetValues.check(name.startsWith("hires-") ? Map.of("hires", true, name, value) : soft(name, value));
    }

    private static Map<String, Object> soft(String name, double value) {
        return name.startsWith("soft-") ? Map.of("soft-inpainting", true, name, value) : Map.of(name, value);
    }

    static List<String> choices() throws IOException {
        List<String> choices = new ArrayList<>();
        settings().properties().forEach(field -> {
            if (field.getValue().has("enum")) {
                choices.add(field.getKey());
            }
        });
        return choices;
    }

    @ParameterizedTest
    @MethodSource("choices")
    void everyChoiceIsUnderstood(String name) throws IOException {
        for (JsonNode choice : settings().path(name).path("enum")) {
            if (!choice.isNull()) {
                assertDoesNotThrow(() -> PresetValues.check(Map.of("hires", true, name, choice.asText())));
            }
        }
    }
}
