package gesso.ui.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.SimpleIntegerProperty;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/gesso/ui");
    private static final Path SOURCES = Path.of("src/main/java/gesso/ui");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");

    /** Calls that take a key of words, and the key if it is written there. */
    private static final Pattern USED = Pattern.compile(
            "(?:words\\.(?:text|get)|new Problem|iconButton|hint|fold|number|plain|seed|text|labelled|orSame|panel|shape"
                    + "|new \\w+Control(?:<>)?|new PromptView|new NumberField)\\(\\s*(?:words, )?\"([^\"]+)\"");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() throws IOException {
        Properties english = words(Language.ENGLISH);
        Properties chinese = words(Language.CHINESE);
        assertEquals(new TreeSet<>(english.stringPropertyNames()), new TreeSet<>(chinese.stringPropertyNames()));
        for (String key : english.stringPropertyNames()) {
            assertFalse(chinese.getProperty(key).isBlank(), key);
            assertEquals(arguments(english.getProperty(key)), arguments(chinese.getProperty(key)), key);
        }
    }

    @Test
    void everyKeyIsUsed() throws IOException {
        String sources = String.join("\n", sources());
        Set<String> unused = words(Language.ENGLISH).stringPropertyNames().stream()
                .filter(key -> !sources.contains("\"" + key + "\""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unused);
    }

    @Test
    void everyKeyThatIsUsedHasWords() throws IOException {
        Properties english = words(Language.ENGLISH);
        Set<String> used = new TreeSet<>();
        for (String source : sources()) {
            Matcher call = USED.matcher(source);
            while (call.find()) {
                used.add(call.group(1));
            }
        }
        assertTrue(used.size() > 80, "calls found: " + used.size());
        used.removeAll(english.stringPropertyNames());
        assertEquals(Set.of(), used);
    }

    @Test
    void textsFollowTheLanguageAndTheirArguments() {
        Words words = new Words();
        SimpleIntegerProperty count = new SimpleIntegerProperty(2);
        StringBinding text = words.text("queue", count);
        assertEquals("Queue (2)", text.get());
        count.set(3);
        assertEquals("Queue (3)", text.get());
        words.languageProperty().set(Language.CHINESE);
        assertEquals("队列 (3)", text.get());
    }

    @Test
    void termsAreTheOnesThatArtistsKnow() {
        Words words = new Words();
        words.languageProperty().set(Language.CHINESE);
        assertEquals("反向提示词", words.get("negative-prompt"));
        assertEquals("采样步数", words.get("steps"));
        assertEquals("提示词相关性 (CFG)", words.get("cfg"));
        assertEquals("CLIP 终止层数", words.get("clip-skip"));
        assertEquals("高分辨率修复", words.get("fold.hires"));
    }

    @Test
    void aKeyWithoutWordsIsAFault() {
        assertThrows(IllegalArgumentException.class, () -> new Words().get("no such key"));
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    private static Properties words(Language language) throws IOException {
        Properties words = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("words_" + language.code() + ".properties"))) {
            words.load(reader);
        }
        return words;
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> texts = new java.util.ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
