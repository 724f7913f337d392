package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.prompt.Styles.Prompts;
import gesso.prompt.Styles.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** styles.json holds what A1111 reads from styles.csv, and what it makes of prompts with styles. */
class StylesTest {
    private static JsonNode golden() throws IOException {
        return Goldens.lines("/prompt/styles.json").get(0);
    }

    @Test
    void readsFilesAsA1111Does() throws IOException {
        for (JsonNode file : golden().get("files")) {
            List<Style> expected = new ArrayList<>();
            file.get("styles")
                    .forEach(s -> expected.add(new Style(
                            s.get(0).asText(), s.get(1).asText(), s.get(2).asText())));
            assertEquals(expected, Styles.parse(file.get("csv").asText()).all());
        }
    }

    @Test
    void putsStylesToPromptsAsA1111Does() throws IOException {
        JsonNode golden = golden();
        Styles styles = Styles.parse(golden.get("files").get(0).get("csv").asText());
        for (JsonNode one : golden.get("applied")) {
            List<String> names = new ArrayList<>();
            one.get(1).forEach(name -> names.add(name.asText()));
            assertEquals(
                    new Prompts(one.get(2).asText(), one.get(3).asText()),
                    styles.apply(one.get(0).asText(), one.get(0).asText(), names),
                    one.toString());
        }
    }

    @Test
    void survivesItsOwnFile() throws IOException {
        Styles styles = Styles.parse(golden().get("files").get(0).get("csv").asText());
        assertEquals('\ufeff', styles.toCsv().charAt(0));
        assertEquals(styles, Styles.parse(styles.toCsv()));
        Styles odd = new Styles(List.of(new Style(" a,\"b\"", "line\nline\r\n", " , "), new Style("猫", "", "\"")));
        assertEquals(odd, Styles.parse(odd.toCsv()));
    }

    @Test
    void anyTextIsAFile() {
        for (String csv : List.of(
                "", "\ufeff", "\"", "name", "name,prompt\n\"", "x,y\na,b", "name\n\n\n,,,", "name,prompt\r\"a\"b,\"")) {
            assertEquals(
                    Styles.parse(csv).toCsv(),
                    Styles.parse(Styles.parse(csv).toCsv()).toCsv());
        }
    }
}
