package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every prompt of grammar.jsonl, which holds what A1111's own parser makes of it. */
class GrammarGoldenTest {
    private static List<JsonNode> cases() throws IOException {
        InputStream in = Objects.requireNonNull(GrammarGoldenTest.class.getResourceAsStream("/prompt/grammar.jsonl"));
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> cases = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                cases.add(json.readTree(line));
            }
        }
        return cases;
    }

    @Test
    void partsAndSchedulesAreA1111s() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (JsonNode one : cases()) {
            String text = one.get("text").asText();
            if (!NetworkTag.extract(text).tags().isEmpty()) {
                continue;
            }
            String expected = one.get("parts").toString();
            String actual = parts(plan(one, text));
            if (!actual.equals(expected)) {
                wrong.add("\n%s steps %s hires %s\n  A1111 %s\n  Gesso %s"
                        .formatted(text, one.get("steps"), one.get("hires"), expected, actual));
            }
        }
        assertTrue(wrong.isEmpty(), wrong.size() + " differ: " + wrong.subList(0, Math.min(12, wrong.size())));
    }

    @Test
    void emphasisIsA1111s() throws IOException {
        int count = 0;
        for (JsonNode one : cases()) {
            if (!one.get("emphasis").isNull()) {
                String text = one.get("text").asText();
                assertEquals(
                        one.get("emphasis").toString().replace("\"BREAK\",-1]", "\"BREAK\",-1.0]"),
                        emphasis(Fragments.parse(text)),
                        text);
                count++;
            }
        }
        assertTrue(count > 1000, count + " cases");
    }

    private static PromptPlan plan(JsonNode one, String text) {
        int steps = one.get("steps").asInt();
        return one.get("hires").isNull()
                ? PromptPlan.of(text, steps)
                : PromptPlan.ofHires(text, steps, one.get("hires").asInt());
    }

    private static String parts(PromptPlan plan) {
        var parts = new ObjectMapper().createArrayNode();
        for (PromptPlan.Part part : plan.parts()) {
            var pair = parts.addArray().add(part.weight());
            var schedule = pair.addArray();
            part.schedule().forEach(s -> schedule.addArray().add(s.until()).add(s.text()));
        }
        return parts.toString();
    }

    private static String emphasis(List<Fragment> fragments) {
        var list = new ObjectMapper().createArrayNode();
        for (Fragment fragment : fragments) {
            list.addArray().add(fragment.text()).add(fragment.weight());
        }
        return list.toString();
    }
}
