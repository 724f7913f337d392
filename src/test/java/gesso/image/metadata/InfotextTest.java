package gesso.image.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfotextTest {
    private static Map<String, String> pairs(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    void readsTheThreeParts() {
        Infotext text = Infotext.parse("""
                a fox,\s
                 in snow
                Negative prompt: blurry
                 dark
                Steps: 20, Sampler: Euler a, CFG scale: 7, Size: 512x768, Hires prompt: "a, b: \\"c\\"\\n狐", Model: x""");
        assertEquals("a fox,\nin snow", text.prompt());
        assertEquals("blurry\ndark", text.negativePrompt());
        assertEquals(
                pairs(
                        "Steps",
                        "20",
                        "Sampler",
                        "Euler a",
                        "CFG scale",
                        "7",
                        "Size",
                        "512x768",
                        "Hires prompt",
                        "a, b: \"c\"\n狐",
                        "Model",
                        "x"),
                text.settings());
    }

    @Test
    void withFewerThanThreePairsTheLastLineIsPrompt() {
        assertEquals(
                new Infotext("a fox\nSteps: 20, Seed: 3", "", Map.of()), Infotext.parse("a fox\nSteps: 20, Seed: 3"));
        assertEquals(
                pairs("Steps", "20", "Seed", "3", "Size", "8x8"),
                Infotext.parse("Steps: 20, Seed: 3, Size: 8x8").settings());
        assertEquals(new Infotext("", "", Map.of()), Infotext.parse(""));
        assertEquals(new Infotext("", "x", Map.of()), Infotext.parse("Negative prompt: x"));
    }

    /** What Python's {@code re.findall} gives for A1111's pattern on such lines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aa: 1, bb: 2, cc: 3 | aa=1;bb=2;cc=3",
                "a: 1, bb: 2, cc: 3, dd: 4 | bb=2;cc=3;dd=4",
                "aa: \"x\" y, bb: \"p, q\", cc: 3 | aa=\"x\" y;bb=p, q;cc=3",
                "aa: \"x, bb: 2, cc: 3 | aa=\"x;bb=2;cc=3",
                "aa: \"\", bb: 2, cc: 3 | aa=\"\";bb=2;cc=3",
                "aa:1,bb:  2 ,cc: 3: 4 | aa=1;bb=2 ;cc=3: 4",
                "aa: \"\\q\", bb: 2, cc: 3 | aa=\"\\q\";bb=2;cc=3",
                "(aa: 1), bb: 2, cc: 3 | aa=1);bb=2;cc=3",
                "aa: 1, bb: 2, cc: 3, aa: 4 | aa=4;bb=2;cc=3",
                "键 值: 一, ControlNet 0: \"Module: canny, Weight: 1\", a/b-c: 2 | 键 值=一;ControlNet 0=Module: canny, Weight: 1;a/b-c=2",
            })
    void followsThePattern(String line, String expected) {
        StringBuilder found = new StringBuilder();
        Infotext.parse("prompt\n" + line)
                .settings()
                .forEach((key, value) -> found.append(found.isEmpty() ? "" : ";")
                        .append(key)
                        .append('=')
                        .append(value));
        assertEquals(expected, found.toString());
    }

    @Test
    void quotesAsJsonDoes() {
        assertEquals(
                "p\nNegative prompt: n\naa: 1, bb: \"x, \\\"y\\\"\\n狐\\u0001\", cc: plain \"q\" \\, dd: \" s\", ee: \"\\\"q\\\"\"",
                new Infotext(
                                "p",
                                "n",
                                pairs(
                                        "aa",
                                        "1",
                                        "bb",
                                        "x, \"y\"\n狐\u0001",
                                        "cc",
                                        "plain \"q\" \\",
                                        "dd",
                                        " s",
                                        "ee",
                                        "\"q\""))
                        .text());
    }

    @Test
    void roundTrips() {
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            Infotext text = RandomTexts.infotext(random);
            assertEquals(text, Infotext.parse(text.text()));
        }
    }

    @Test
    void longLinesTakeNoTimeAndNoStack() {
        String line = "aa: 1, bb: 2, cc: \"" + "\\n".repeat(500_000) + "\", dd: 4";
        String words = "a b ".repeat(500_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertEquals("\n".repeat(500_000), Infotext.parse("x\n" + line).get("cc"));
            assertEquals(Map.of(), Infotext.parse(words).settings());
            assertEquals(
                    3,
                    Infotext.parse(":,".repeat(500_000) + "aa:1,bb:2,cc:3")
                            .settings()
                            .size());
        });
    }
}
