package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicPromptTest {
    private static final Wildcards LISTS = name -> Map.of(
                    "colour", List.of("red", "green", "blue"),
                    "animal", List.of("cat", "{dog|wolf}", "__bird__"),
                    "bird", List.of("owl"),
                    "loop", List.of("x __loop__ x"),
                    "grow", List.of("__grow__ __grow__"))
            .getOrDefault(name, List.of());

    @TempDir
    Path folder;

    private static Set<String> all(String prompt) {
        Set<String> drawn = new TreeSet<>();
        for (long seed = 0; seed < 400; seed++) {
            drawn.add(DynamicPrompt.draw(prompt, seed, LISTS));
        }
        return drawn;
    }

    @Test
    void everyFormDrawsWhatItSays() {
        assertEquals(Set.of("a red b", "a blue b"), all("a {red|blue} b"));
        assertEquals(Set.of("a", "", "b"), all("{a||b}"));
        assertEquals(Set.of("x1", "x2", "y"), all("{x{1|2}|y}"));
        assertEquals(Set.of("a, b", "b, a", "a, c", "c, a", "b, c", "c, b"), all("{2$$a|b|c}"));
        assertEquals(Set.of("a and b", "b and a"), all("{2$$ and $$a|b}"));
        assertEquals(Set.of("a", "b", "a+b", "b+a"), all("{1-2$$+$$a|b}"));
        assertEquals(Set.of("", "a", "b"), all("{0-1$$a|b}"));
        assertEquals(all("{1-2$$a|b}"), all("{-2$$a|b}"));
        assertEquals(all("{1-2$$a|b}"), all("{1-$$a|b}"));
        assertEquals(all("{2$$a|b}"), all("{5$$a|b}"));
        assertEquals(Set.of("a"), all("{1::a|0::b}"));
        assertEquals(Set.of("a"), all("{.5::a|0.::b}"));
        assertEquals(Set.of("a", "b"), all("{0::a|0::b}"));
        assertEquals(Set.of("red", "green", "blue"), all("__colour__"));
        assertEquals(Set.of("cat", "dog", "wolf", "owl"), all("__animal__"));
        assertEquals(Set.of("my red", "my green", "my blue", "none"), all("{my __colour__|none}"));
        assertEquals(
                Set.of("red, green", "red, blue", "green, red", "green, blue", "blue, red", "blue, green"),
                all("{2$$__colour__}"));
        assertEquals(Set.of("[a:b:3] (c:1.2)", "[a:b:3] (d:1.2)"), all("[a:b:3] ({c|d}:1.2)"));
    }

    @Test
    void whatIsNoFormIsText() {
        for (String text : List.of(
                "",
                "{",
                "}",
                "{a}",
                "{{a}}",
                "a|b",
                "{a",
                "a}",
                "}{",
                "{a|b",
                "__",
                "____",
                "__a",
                "__nobody__",
                "__ __",
                "_a_",
                "\\{a|b\\}",
                "{2$$",
                "{$$a",
                "snake__case",
                "{prompt}",
                "[a|b]",
                "a\\",
                "{\\")) {
            assertEquals(Set.of(text), all(text));
        }
        assertEquals(Set.of("{a x", "{a y"), all("{a {x|y}"));
        assertEquals(Set.of("{x}", "{y}"), all("{{x|y}}"));
        assertEquals(Set.of("{2$$a|x", "{2$$a|y"), all("{2$$a|{x|y}"));
    }

    @Test
    void weightsWeigh() {
        Map<String, Integer> counts = new TreeMap<>();
        for (long seed = 0; seed < 10_000; seed++) {
            counts.merge(DynamicPrompt.draw("{3::a|b}", seed, LISTS), 1, Integer::sum);
        }
        assertEquals(7500, counts.getOrDefault("a", 0), 150);
    }

    @Test
    void theSeedDecides() {
        String prompt = "{a|b|c|d|e|f|g|h} {a|b|c|d|e|f|g|h} {a|b|c|d|e|f|g|h}";
        assertEquals(DynamicPrompt.draw(prompt, 7, LISTS), DynamicPrompt.draw(prompt, 7, LISTS));
        assertNotEquals(DynamicPrompt.draw(prompt, 7, LISTS), DynamicPrompt.draw(prompt, 8, LISTS));
        assertNotEquals(DynamicPrompt.draw(prompt, 7, LISTS), DynamicPrompt.drawNegative(prompt, 7, LISTS));
        // Kept from version to version: a prompt and a seed are a picture.
        assertEquals("a e b", DynamicPrompt.draw(prompt, 7, LISTS));
    }

    @Test
    void commentsGo() {
        assertEquals("a \nb", Comments.strip("a # {c|d}\nb"));
        assertEquals("\nb", Comments.strip("# one\nb"));
        assertEquals("a\nb", Comments.strip("a\n# one\nb"));
        assertEquals("a\n", Comments.strip("a#b"));
    }

    @Test
    void circlesEnd() {
        assertTrue(DynamicPrompt.draw("__loop__", 1, LISTS).contains("__loop__"));
        assertTrue(DynamicPrompt.draw("__grow__", 1, LISTS).length() < 100_000);
        assertTrue(DynamicPrompt.draw("{1$$__grow__}", 1, LISTS).length() < 100_000);
    }

    @Test
    void anyTextAndAnyDepthWillDo() {
        Random random = new Random(4);
        String pieces = "{}|$_:.0125ab- \\#\n";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(24); k > 0; k--) {
                text.append(
                        random.nextInt(4) == 0
                                ? "__bird__"
                                : String.valueOf(pieces.charAt(random.nextInt(pieces.length()))));
            }
            DynamicPrompt.draw(text.toString(), i, LISTS);
        }
        String deep = "{a|".repeat(10_000) + "b" + "}".repeat(10_000);
        assertTrue(DynamicPrompt.draw(deep, 1, LISTS).length() <= 1);
        assertEquals("{".repeat(10_000), DynamicPrompt.draw("{".repeat(10_000), 1, LISTS));
        assertEquals("{2$$".repeat(10_000), DynamicPrompt.draw("{2$$".repeat(10_000), 1, LISTS));
    }

    @Test
    void wildcardsAreFiles() throws IOException {
        Files.createDirectories(folder.resolve("colours/warm"));
        Files.writeString(folder.resolve("colours/warm/red.txt"), "\ufeffscarlet\n# no colour\n\n  crimson  \r\n");
        Files.writeString(folder.resolve("colours/cold.txt"), "蓝色");
        Files.write(folder.resolve("broken.txt"), new byte[] {(byte) 0xff, 'a'});
        WildcardFolder lists = new WildcardFolder(folder);
        assertEquals(List.of("scarlet", "crimson"), lists.lines("colours/warm/red"));
        assertEquals(List.of("蓝色"), lists.lines("Colours/Cold"));
        assertEquals(List.of("蓝色", "scarlet", "crimson"), lists.lines("colours/*"));
        assertEquals(List.of("蓝色"), lists.lines("*cold"));
        assertEquals(List.of("\ufffda"), lists.lines("broken"));
        assertEquals(List.of(), lists.lines("../colours/cold"));
        assertEquals(List.of(), new WildcardFolder(folder.resolve("none")).lines("*"));
    }
}
